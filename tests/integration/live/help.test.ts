import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { VisitSnapshot, WallVisit } from '@visavis/contract/visit'
import { createAudit } from '../../../server/src/modules/audit/index.ts'
import { VISIT_HIT_CHANNEL } from '../../../server/src/modules/life-events/index.ts'
import { createHelpDesk } from '../../../server/src/modules/visits/index.ts'
import { entriesOf } from '../rest/support/audit-log.ts'
import { aVisitWithPeople } from './support/live-people.ts'
import type { VisitPeople } from './support/live-people.ts'
import { aLiveWorld } from './support/live-world.ts'
import type { LiveWorld } from './support/live-world.ts'
import { connectSeat, connectWall } from './support/socket-client.ts'

const FIGURES = {
  roundTripMs: 180,
  lossInPercent: 12,
  lossOutPercent: 3,
  kbitIn: 90,
  kbitOut: 40,
  framesPerSecond: 4,
  protocol: 'tcp',
  isRelayed: true,
} as const
const PAUSE_MS = 10_000

let world: LiveWorld
beforeAll(async () => {
  world = await aLiveWorld()
})
afterAll(() => world.close())

async function bothThere(people: VisitPeople) {
  const { visitId, facilityId, cookies } = people
  const wall = await connectWall(world, cookies.officer)
  await wall.call('open', { facilityId })
  const visitor = await connectSeat(world, cookies.visitor)
  const inmate = await connectSeat(world, cookies.inmate)
  await visitor.call('join', { visitId, holdingEpoch: null })
  await inmate.call('join', { visitId, holdingEpoch: null })
  const close = () => [wall, visitor, inmate].forEach((client) => client.close())
  return { wall, visitor, inmate, close }
}

/** Whoever sits there is a verified lawyer, and here as such. */
async function makeLawyer(seatId: string): Promise<void> {
  const { visitorId } = await world.db.seat.findUniqueOrThrow({ where: { seatId } })
  if (visitorId === null) throw new Error('an inmate is no lawyer')
  const register = { registerName: 'Bar', registerNumber: visitorId }
  const by = await world.db.account.findFirstOrThrow({ where: { role: 'officer' } })
  const verified = {
    state: 'VERIFIED',
    verifiedAt: world.clock.now(),
    verifiedBy: by.accountId,
  } as const
  await world.db.professional.create({
    data: { visitorId, kind: 'LAWYER', ...register, ...verified },
  })
  await world.db.relationship.updateMany({ where: { visitorId }, data: { kind: 'LAWYER' } })
}

describe('[OV-9] a call for help', () => {
  it('comes to the top of the wall with its figures, is answered, told to its caller only, and kept', async () => {
    const people = await aVisitWithPeople(world)
    const { visitId, facilityId, visitorSeatId: seatId } = people
    const { wall, visitor, inmate, close } = await bothThere(people)
    await visitor.call('help', { need: 'NO_SOUND', figures: FIGURES })
    const tile = await wall.heard<WallVisit>('wall:changed', ({ help }) => help.length > 0)
    expect(tile).toMatchObject({
      attention: 'HELP_CALLED',
      help: [{ seatId, party: 'VISITOR', need: 'NO_SOUND', figures: FIGURES, answer: null }],
    })
    await wall.call('answerHelp', { visitId, seatId, answer: 'CALL_OFFICE' })
    const answered = ({ help }: VisitSnapshot) => help?.answer === 'CALL_OFFICE'
    await visitor.heard<VisitSnapshot>('visit:changed', answered)
    const quiet = await wall.heard<WallVisit>('wall:changed', ({ help }) => !!help[0]?.answer)
    expect(quiet.attention).not.toBe('HELP_CALLED')
    expect(JSON.stringify(inmate.events)).not.toMatch(/NO_SOUND|CALL_OFFICE/)
    const notes = await world.db.timelineEntry.findMany({
      where: { visitId, kind: { startsWith: 'HELP' } },
      orderBy: { at: 'asc' },
    })
    expect(notes.map(({ kind, detail }) => ({ kind, detail }))).toEqual([
      { kind: 'HELP_CALLED', detail: { code: 'NO_SOUND', ...FIGURES } },
      { kind: 'HELP_ANSWERED', detail: { code: 'CALL_OFFICE' } },
    ])
    const entries = await entriesOf(world.db, facilityId)
    const help = entries.filter(({ action }) => action.startsWith('help'))
    expect(help).toMatchObject([
      { action: 'help.call', reason: 'NO_SOUND', actor: { type: 'visitor' } },
      { action: 'help.answer', reason: 'CALL_OFFICE', actor: { type: 'officer' } },
    ])
    close()
  })

  it('works in a privileged visit, from the terminal, and is there for a page that comes back', async () => {
    const people = await aVisitWithPeople(world, { visitClass: 'privileged' })
    const { visitId, inmateSeatId, cookies } = people
    await makeLawyer(people.visitorSeatId)
    const { wall, inmate, close } = await bothThere(people)
    await inmate.call('help', { need: 'OTHER', figures: null })
    const tile = await wall.heard<WallVisit>('wall:changed', ({ help }) => help.length > 0)
    expect(tile).toMatchObject({ policy: { monitor: 'NONE' }, attention: 'HELP_CALLED' })
    await wall.call('answerHelp', { visitId, seatId: inmateSeatId, answer: 'COMING' })
    // What a server that was started anew would read: the row alone.
    const again = await connectSeat(world, cookies.inmate)
    const { snapshot } = await again.call('join', { visitId, holdingEpoch: null })
    expect(snapshot.help).toMatchObject({ need: 'OTHER', answer: 'COMING' })
    await again.call('help', { need: null, figures: null })
    const gone = await wall.heard<WallVisit>('wall:changed', ({ help }) => help.length === 0)
    expect(gone.visitId).toBe(visitId)
    again.close()
    close()
  })

  it('that somebody else answers in the database is told by the server that has the visit', async () => {
    const people = await aVisitWithPeople(world)
    const { visitId, visitorSeatId: seatId } = people
    const { wall, visitor, close } = await bothThere(people)
    await visitor.call('help', { need: 'NOT_HEARD', figures: null })
    const { db, clock } = world
    const desk = createHelpDesk({ db, clock, audit: createAudit(clock) })
    await db.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT pg_notify(${VISIT_HIT_CHANNEL}, ${visitId})`
      await desk.answer(tx, { visitId, seatId, answer: 'COMING', cause: null })
    })
    await visitor.heard<VisitSnapshot>('visit:changed', ({ help }) => help?.answer === 'COMING')
    await wall.heard<WallVisit>('wall:changed', ({ help }) => help[0]?.answer === 'COMING')
    close()
  })

  it('is refused too soon after the last, of nobody’s seat, and unanswerable by another facility', async () => {
    const people = await aVisitWithPeople(world)
    const stranger = await aVisitWithPeople(world)
    const { visitId, visitorSeatId: seatId } = people
    const { wall, visitor, close } = await bothThere(people)
    const answer = { visitId, seatId, answer: 'SEEN' as const }
    expect(await wall.ask('answerHelp', answer)).toMatchObject({ code: 'HELP_NOT_CALLED' })
    await visitor.call('help', { need: 'NO_PICTURE', figures: null })
    const tooSoon = await visitor.ask('help', { need: 'OTHER', figures: null })
    const liftsAt = new Date(world.clock.now().getTime() + PAUSE_MS).toISOString()
    expect(tooSoon).toMatchObject({ code: 'TOO_MANY_REQUESTS', context: { liftsAt } })
    const elsewhere = await connectWall(world, stranger.cookies.officer)
    await elsewhere.call('open', { facilityId: stranger.facilityId })
    expect(await elsewhere.ask('answerHelp', answer)).toMatchObject({ code: 'VISIT_NOT_FOUND' })
    const outside = await connectSeat(world, people.cookies.visitor)
    const none = { need: 'OTHER', figures: null } as const
    expect(await outside.ask('help', none)).toMatchObject({ code: 'NOT_JOINED' })
    for (const client of [elsewhere, outside]) client.close()
    close()
  })
})
