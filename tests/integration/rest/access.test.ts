import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROLES, routes } from '@visavis/contract/http'
import type { Role, Route } from '@visavis/contract/http'
import { newEnrolmentCode } from '@visavis/prisma'
import { BUILT_SECRET } from '@visavis/prisma/seed'
import { accountCookie, inmateCookie } from './support/callers.ts'
import { aCodeFor } from './support/enrolment-code.ts'
import { PIN, aPlace } from './support/people-and-places.ts'
import { adviceSamples } from './samples/advice.ts'
import { bookingSamples } from './samples/booking.ts'
import { certificatesSamples } from './samples/certificates.ts'
import { lifeEventsSamples } from './samples/life-events.ts'
import { linkCentresSamples } from './samples/link-centres.ts'
import { noticesSamples } from './samples/notices.ts'
import { officersSamples } from './samples/officers.ts'
import { oversightSamples } from './samples/oversight.ts'
import { peopleSamples } from './samples/people.ts'
import { preflightSamples } from './samples/preflight.ts'
import { readyTextSamples } from './samples/ready-texts.ts'
import { recordingCopySamples } from './samples/recording-copies.ts'
import { recordingSamples } from './samples/recordings.ts'
import { retentionSamples } from './samples/retention.ts'
import type { Sample, SampleMaker } from './samples/sample.ts'
import { stillSamples } from './samples/stills.ts'
import { timetableSamples } from './samples/timetable.ts'
import { visitPeopleSamples } from './samples/visit-people.ts'
import type { Place } from './support/people-and-places.ts'
import { aRecordedVisit } from './support/recorded-visit.ts'
import type { RecordedVisit } from './support/recorded-visit.ts'
import { addStatement } from './support/statement.ts'
import { aRestWorld } from './support/rest-world.ts'
import type { RestWorld } from './support/rest-world.ts'

type Caller = Role | 'roomDevice' | 'inmate' | 'terminal' | 'nobody'
type RouteName = keyof typeof routes

const CALLERS: readonly Caller[] = [...ROLES, 'roomDevice', 'inmate', 'terminal', 'nobody']
const REFUSED_AT_THE_DOOR = ['NOT_SIGNED_IN', 'FORBIDDEN', 'TERMINAL_NOT_ENROLLED']

let world: RestWorld
let place: Place
let recorded: RecordedVisit
let addresses = 0

beforeAll(async () => {
  world = await aRestWorld()
  place = await aPlace(world)
  recorded = await aRecordedVisit(world, place)
})
afterAll(() => world.close())

/** For every route a request that succeeds for whoever may make it; a route without one does not compile. */
const given = { world: () => world, place: () => place, recorded: () => recorded }
const samples: Record<RouteName, SampleMaker> = {
  ...peopleSamples(given),
  ...timetableSamples(given),
  ...adviceSamples(),
  ...bookingSamples(given),
  ...certificatesSamples(given),
  ...lifeEventsSamples(given),
  ...linkCentresSamples(given),
  ...noticesSamples(given),
  ...officersSamples(),
  ...oversightSamples(given),
  ...preflightSamples(given),
  ...readyTextSamples(given),
  ...recordingSamples(given),
  ...recordingCopySamples(given),
  ...retentionSamples(given),
  ...stillSamples(given),
  ...visitPeopleSamples(given),
  signIn: async () => {
    const where = { accountId: place.accounts.visitor }
    const { login } = await world.db.account.findUniqueOrThrow({ where })
    return { payload: { login, password: BUILT_SECRET } }
  },
  signOut: async () => ({}),
  me: async () => ({}),
  myVisits: async () => ({}),
  myVisit: async () => ({ params: { visitId: place.visitId } }),
  myVisitReceipt: async () => ({ params: { visitId: await anEndedVisit() } }),
  terminalVisitReceipt: async () => ({ params: { visitId: await anEndedVisit() } }),
  issueEnrolmentCode: async () => ({ params: { terminalId: place.terminalId } }),
  listTerminals: async () => ({}),
  restartTerminal: async () => ({
    params: { terminalId: place.terminalId },
    payload: { isForced: false },
  }),
  // One of its own: everybody else here comes from the place's, and the spare one is enrolled.
  disableTerminal: async () => ({
    params: { terminalId: (await aTerminal('Broken')).terminalId },
    payload: { reason: 'REPAIR', isForced: false },
  }),
  enableTerminal: async () => ({ params: { terminalId: place.terminalId } }),
  terminalBeat: async () => ({ payload: { pageId: crypto.randomUUID(), health: WELL } }),
  // Of another terminal: enrolling anew would take this one's cookie away.
  enrolTerminal: async () => ({
    payload: { code: await aCodeFor(world, (await spare()).terminalId) },
  }),
  terminal: async () => ({}),
  inmateSignIn: async () => ({ payload: { pin: PIN } }),
  inmateSignOut: async () => ({}),
  terminalVisits: async () => ({}),
}

/** The place's own visit, so that its room device may read of it too. */
async function anEndedVisit(): Promise<string> {
  await addStatement(world.db, { visitId: place.visitId, madeAt: world.clock.now() })
  return place.visitId
}

/** What a terminal tells of itself while all is well. */
const WELL = {
  ...{ version: 'index-1', camera: 'OK', microphone: 'OK', speaker: 'OK', diskFreeMb: 5_000 },
  ...{ screen: { width: 1280, height: 800 }, network: 'ethernet', isBusy: false },
}

let spareTerminal: { terminalId: string } | null = null
async function spare(): Promise<{ terminalId: string }> {
  return (spareTerminal ??= await aTerminal('Spare'))
}

let terminals = 0
function aTerminal(name: string): Promise<{ terminalId: string }> {
  const { facilityId } = place
  terminals += 1
  const data = { facilityId, name: `${name} ${terminals}`, wing: 'B' }
  return world.db.terminal.create({ data: { terminalId: crypto.randomUUID(), ...data } })
}

async function cookieOfCaller(caller: Caller): Promise<string> {
  const { device, inmateId, terminalId, visitId } = place
  if (caller === 'nobody') return ''
  if (caller === 'terminal') return device
  if (caller === 'inmate') return inmateCookie(world, { device, inmateId, terminalId, visitId })
  if (caller === 'roomDevice') return accountCookie(world, place.accounts.visitor, visitId)
  return accountCookie(world, place.accounts[caller])
}

/** What refused callers send: none of them uses it up, so that one of a route serves them all. */
const unused = new Map<RouteName, Sample>()

async function aSample(name: RouteName, isToBeUsed: boolean): Promise<Sample> {
  if (isToBeUsed) return samples[name]()
  const sample = unused.get(name) ?? (await samples[name]())
  unused.set(name, sample)
  return sample
}

async function request(name: RouteName, cookie: string, isToBeUsed = true) {
  const route: Route = routes[name]
  const sample = await aSample(name, isToBeUsed)
  const { params = {}, query = {}, payload, headers = {}, device } = sample
  addresses += 1
  return world.app.inject({
    method: route.method,
    url: route.path.replaceAll(/:(\w+)/g, (_, key: string) => params[key] ?? ''),
    query,
    headers: {
      cookie: atDevice(cookie, device),
      'idempotency-key': crypto.randomUUID(),
      ...headers,
    },
    // Each from its own address: this is about who asks, not how often.
    remoteAddress: `10.0.${addresses >> 8}.${addresses & 255}`,
    ...(payload === undefined ? {} : { payload }),
  })
}

function atDevice(cookie: string, device = place.device): string {
  return cookie.replace(place.device, device)
}

/** The answer that a route's access promises to a caller; null: let in. */
function expectedRefusal(route: Route, caller: Caller): string | null {
  const isOnTerminal = caller === 'terminal' || caller === 'inmate'
  switch (route.access.kind) {
    case 'public':
      return null
    case 'terminal':
      return isOnTerminal ? null : 'TERMINAL_NOT_ENROLLED'
    case 'inmate':
      return caller === 'inmate' ? null : 'NOT_SIGNED_IN'
    case 'account':
      return isOnTerminal || caller === 'nobody' ? 'NOT_SIGNED_IN' : byRole(route, caller)
  }
}

function byRole({ access, isForRoomDevice }: Route, caller: Role | 'roomDevice'): string | null {
  if (caller === 'roomDevice') return isForRoomDevice ? null : 'FORBIDDEN'
  const isIn = access.kind === 'account' && access.roles.includes(caller)
  return isIn ? null : 'FORBIDDEN'
}

const cells = (Object.keys(routes) as RouteName[]).flatMap((name) =>
  CALLERS.map((caller) => ({
    name,
    caller,
    refusal: expectedRefusal(routes[name], caller),
  })),
)

describe('[TR-4] every route × every role', () => {
  it.each(cells)('$name by $caller: $refusal', async ({ name, caller, refusal }) => {
    const answer = await request(name, await cookieOfCaller(caller), refusal === null)
    if (refusal !== null) {
      expect(answer.json()).toMatchObject({ code: refusal })
      return
    }
    expect(answer.statusCode, answer.body).toBe(200)
  })

  it('refuses before it looks at the body', async () => {
    const payload = { nonsense: true }
    const url = `/api/recordings/${recorded.visitId}/plays`
    const answer = await world.app.inject({ method: 'POST', url, payload })
    expect(REFUSED_AT_THE_DOOR).toContain(answer.json<{ code: string }>().code)
  })
})

describe('[TR-3] another facility, another person', () => {
  let other: Place
  beforeAll(async () => {
    other = await aPlace(world)
  })

  it('shows staff the terminals and recordings of their own facility only', async () => {
    const staff = await accountCookie(world, other.accounts.facilityAdmin)
    const reviewer = await accountCookie(world, other.accounts.investigator)
    const terminals = (await request('listTerminals', staff)).json<{ terminals: unknown[] }>()
    expect(terminals.terminals).toMatchObject([{ terminalId: other.terminalId, isEnrolled: true }])
    expect((await request('searchRecordings', reviewer)).json()).toEqual({
      items: [],
      nextCursor: null,
    })
  })

  it('gives no code, no playback and no bytes to staff of another facility', async () => {
    const admin = await accountCookie(world, other.accounts.facilityAdmin)
    const reviewer = await accountCookie(world, other.accounts.investigator)
    expect((await request('issueEnrolmentCode', admin)).json()).toMatchObject({ code: 'FORBIDDEN' })
    expect((await request('openPlay', reviewer)).json()).toMatchObject({ code: 'FORBIDDEN' })
    expect((await request('playTrack', reviewer)).json()).toMatchObject({ code: 'FORBIDDEN' })
  })

  it('[EL-2] answers for somebody else’s visit as for one that is not there', async () => {
    const stranger = await accountCookie(world, other.accounts.visitor)
    const theirs = await request('myVisit', stranger)
    const unknown = await world.app.inject({
      url: `/api/my/visits/${crypto.randomUUID()}`,
      headers: { cookie: stranger },
    })
    expect(theirs.json()).toMatchObject({ code: 'VISIT_NOT_FOUND' })
    expect(unknown.json()).toMatchObject({ code: 'VISIT_NOT_FOUND' })
  })

  it('gives an operator the terminals of its facilities and no one else’s', async () => {
    const operator = await accountCookie(world, other.accounts.operatorAdmin)
    const listed = (await request('listTerminals', operator)).json<{ terminals: unknown[] }>()
    expect(listed.terminals).toMatchObject([{ terminalId: other.terminalId }])
  })

  it('[OV-4] keeps an officer’s languages with that officer, each once', async () => {
    const own = await accountCookie(world, place.accounts.officer)
    const stranger = await accountCookie(world, other.accounts.officer)
    const kept = await world.app.inject({
      method: 'PUT',
      url: '/api/my/languages',
      headers: { cookie: own, 'idempotency-key': crypto.randomUUID() },
      payload: { languages: ['TT-ru', 'rsl', 'rsl'] },
    })
    expect(kept.json()).toEqual({ languages: ['tt-RU', 'rsl'] })
    expect((await request('myLanguages', own)).json()).toEqual({ languages: ['tt-RU', 'rsl'] })
    expect((await request('myLanguages', stranger)).json()).toEqual({ languages: [] })
    const nonsense = await world.app.inject({
      method: 'PUT',
      url: '/api/my/languages',
      headers: { cookie: own, 'idempotency-key': crypto.randomUUID() },
      payload: { languages: ['no such tag'] },
    })
    expect(nonsense.json()).toMatchObject({ code: 'BAD_REQUEST' })
  })

  it('[TR-5] makes an inmate’s cookie worthless away from the terminal', async () => {
    const { device, inmateId, terminalId, visitId } = place
    const cookie = await inmateCookie(world, { device, inmateId, terminalId, visitId })
    const inmateOnly = cookie.split('; ')[1] ?? ''
    const carriedAway = `${other.device}; ${inmateOnly}`
    for (const stolen of [inmateOnly, carriedAway]) {
      expect((await request('terminalVisits', stolen)).json()).toMatchObject({
        code: 'NOT_SIGNED_IN',
      })
    }
  })

  it('is refused a guessed code like anybody', async () => {
    const payload = { code: newEnrolmentCode() }
    const answer = await world.app.inject({ method: 'POST', url: '/api/terminal/enrol', payload })
    expect(answer.json()).toMatchObject({ status: 401, code: 'ENROLMENT_CODE_REFUSED' })
  })
})
