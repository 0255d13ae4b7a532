import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TerminalHealth } from '@visavis/contract/terminal-health'
import { A_WELL_TERMINAL } from '@visavis/contract/terminal-health-fixture'
import { entriesOf } from './support/audit-log.ts'
import { accountCookie, inmateCookie } from './support/callers.ts'
import { MINUTE_MS, PIN, aPlace } from './support/people-and-places.ts'
import type { Place } from './support/people-and-places.ts'
import { aRestWorld } from './support/rest-world.ts'
import type { RestWorld } from './support/rest-world.ts'

let world: RestWorld
let place: Place
let admin: string
beforeAll(async () => {
  world = await aRestWorld()
})
beforeEach(async () => {
  place = await aPlace(world)
  admin = await accountCookie(world, place.accounts.facilityAdmin)
})
afterAll(() => world.close())

type Answer = { isRestartDue: boolean; disabled: { reason: string; mayFinish: boolean } | null }
type Care = { terminals: Record<string, unknown>[] }

const post = (url: string, cookie: string, payload?: object) =>
  world.app.inject({
    method: 'POST',
    url,
    headers: { cookie },
    ...(payload === undefined ? {} : { payload }),
  })
const PAGE = crypto.randomUUID()
const beat = async (over: Partial<TerminalHealth> = {}, pageId = PAGE) => {
  const health = { ...A_WELL_TERMINAL, ...over }
  return (await post('/api/terminal/beat', place.device, { pageId, health })).json<Answer>()
}
const deed = (verb: string, payload?: object, cookie = admin) =>
  post(`/api/terminals/${place.terminalId}/${verb}`, cookie, payload)
async function terminal() {
  const answer = await world.app.inject({ url: '/api/terminals', headers: { cookie: admin } })
  return answer.json<Care>().terminals[0]
}
/** A test that the terminal made of itself. */
async function addTest(light: string, atMs: number): Promise<void> {
  const { terminalId } = place
  const madeAt = new Date(world.clock.now().getTime() + atMs)
  const what = { cause: 'NIGHTLY', device: 'TERMINAL', party: 'INMATE' } as const
  await world.db.preflightResult.create({
    data: {
      preflightId: crypto.randomUUID(),
      ...what,
      terminalId,
      madeAt,
      light,
      problems: [],
      findings: {},
    },
  })
}

/** Five hours on, nothing is booked any more; nor is the administrator signed in. */
async function night(): Promise<void> {
  world.clock.advance(300 * MINUTE_MS)
  admin = await accountCookie(world, place.accounts.facilityAdmin)
}
const anInmate = (visitId: string | null = place.visitId) => {
  const { device, inmateId, terminalId } = place
  return inmateCookie(world, { device, inmateId, terminalId, visitId })
}
const actions = async () => {
  const entries = await entriesOf(world.db, place.facilityId)
  return entries.map(({ action, reason }) => (reason ? `${action} ${reason}` : action))
}

describe('[LV-10] a terminal’s beat', () => {
  it('is shown to staff as it was told', async () => {
    expect(await terminal()).toMatchObject({ lastBeatAt: null, health: null, troubles: [] })
    expect(await beat({ speaker: 'NONE' })).toEqual({ isRestartDue: false, disabled: null })
    expect(await terminal()).toMatchObject({
      lastBeatAt: world.clock.now().toISOString(),
      health: { ...A_WELL_TERMINAL, speaker: 'NONE' },
      troubles: ['SPEAKER'],
      isOutOfOrder: false,
      lastTest: null,
    })
    await addTest('GREEN', -MINUTE_MS)
    await addTest('RED', 0)
    expect(await terminal()).toMatchObject({ lastTest: { light: 'RED' } })
  })

  it('that stays away while visits are to be had makes one task, closed when it is heard again', async () => {
    await beat()
    world.clock.advance(3 * MINUTE_MS)
    await world.app.jobs.runNow('terminals.watch')
    expect(await terminal()).toMatchObject({ isOutOfOrder: false })
    world.clock.advance(1_000)
    await world.app.jobs.runNow('terminals.watch')
    await world.app.jobs.runNow('terminals.watch')
    expect(await terminal()).toMatchObject({ isOutOfOrder: true, troubles: ['SILENT'] })
    const tasks = () => world.db.task.findMany({ where: { facilityId: place.facilityId } })
    expect(await tasks()).toMatchObject([
      { kind: 'TERMINAL_OUT_OF_ORDER', terminalId: place.terminalId, state: 'OPEN' },
    ])
    const scheduler = await accountCookie(world, place.accounts.scheduler)
    const inbox = await world.app.inject({ url: '/api/tasks', headers: { cookie: scheduler } })
    expect(inbox.json()).toMatchObject({ items: [{ terminal: { terminalId: place.terminalId } }] })
    await beat()
    await world.app.jobs.runNow('terminals.watch')
    expect(await tasks()).toMatchObject([{ state: 'DONE', resolution: 'WORKS_AGAIN' }])
    expect(await actions()).toEqual(['terminal.fails SILENT', 'terminal.works'])
  })

  it('tells of a dead camera at once, at night too; silence at night is nothing', async () => {
    await beat({ camera: 'NONE' })
    await world.app.jobs.runNow('terminals.watch')
    expect(await terminal()).toMatchObject({ isOutOfOrder: true, troubles: ['CAMERA'] })
    await night()
    expect(await terminal()).toMatchObject({ troubles: ['CAMERA'] })
    await beat()
    await night()
    expect(await terminal()).toMatchObject({ isOutOfOrder: false, troubles: [] })
  })
})

describe('a restart from afar', () => {
  it('waits until nobody is at the terminal, and is over when another page beats', async () => {
    await beat()
    expect((await deed('restart', { isForced: false })).statusCode).toBe(200)
    expect(await beat({ isBusy: true })).toMatchObject({ isRestartDue: false })
    expect(await terminal()).toMatchObject({ isRestartPending: true })
    expect(await beat()).toMatchObject({ isRestartDue: true })
    expect(await beat({}, crypto.randomUUID())).toMatchObject({ isRestartDue: false })
    expect(await terminal()).toMatchObject({ isRestartPending: false })
    expect(await actions()).toEqual(['terminal.restart', 'terminal.restarted'])
  })

  it('is at once where it is forced', async () => {
    await beat({ isBusy: true })
    await deed('restart', { isForced: true })
    expect(await beat({ isBusy: true })).toMatchObject({ isRestartDue: true })
  })
})

describe('[TR-5] a terminal out of service', () => {
  const away = (isForced: boolean) => deed('disable', { reason: 'REPAIR', isForced })

  it('refuses every sign-in, says why, and comes back', async () => {
    expect((await away(false)).json()).toMatchObject({ disabled: { reason: 'REPAIR' } })
    const signIn = () => post('/api/terminal/sign-in', place.device, { pin: PIN })
    expect((await signIn()).json()).toMatchObject({ code: 'TERMINAL_DISABLED' })
    expect(await beat()).toMatchObject({ disabled: { reason: 'REPAIR', mayFinish: false } })
    expect((await deed('enable')).json()).toMatchObject({ disabled: null })
    expect(await beat()).toMatchObject({ disabled: null })
    expect((await signIn()).statusCode).toBe(200)
    expect(await actions()).toEqual(['terminal.disable REPAIR', 'terminal.enable', 'inmate.signIn'])
  })

  it('lets a running visit go on, and nobody else; by force, nobody at all', async () => {
    const { visitId } = place
    await world.db.visitSession.update({ where: { visitId }, data: { state: 'LIVE' } })
    const [inVisit, atDesk] = [await anInmate(), await anInmate(null)]
    await away(false)
    const visits = (cookie: string) =>
      world.app.inject({ url: '/api/terminal/visits', headers: { cookie } })
    expect((await visits(inVisit)).statusCode).toBe(200)
    expect((await visits(atDesk)).statusCode).not.toBe(200)
    expect(await beat({ isBusy: true })).toMatchObject({ disabled: { mayFinish: true } })
    await away(true)
    expect((await visits(inVisit)).json()).toMatchObject({ code: 'SESSION_ENDED' })
    expect(await beat({ isBusy: true })).toMatchObject({ disabled: { mayFinish: false } })
  })

  it('is for the facility’s own administrator alone, and names nobody in the log', async () => {
    const other = await aPlace(world)
    const stranger = await accountCookie(world, other.accounts.facilityAdmin)
    for (const verb of ['restart', 'disable', 'enable']) {
      const payloads = { restart: { isForced: true }, disable: { reason: 'OTHER', isForced: true } }
      const payload = (payloads as Record<string, object>)[verb]
      expect((await deed(verb, payload, stranger)).json()).toMatchObject({ code: 'NOT_FOUND' })
    }
    const elsewhere = `/api/terminals/${crypto.randomUUID()}/enable`
    expect((await post(elsewhere, admin)).json()).toMatchObject({ code: 'NOT_FOUND' })
    expect(await actions()).toEqual([])
  })
})
