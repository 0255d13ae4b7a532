import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { insertLinkCentreRoom, insertTerminal } from '@visavis/prisma/seed'
import { until } from '../../support/until.ts'
import { aTimetableWorld, affectedDigestOf, rowsOf } from './timetable-world.ts'
import type { Impact, Template, TimetableWorld } from './timetable-world.ts'

let world: TimetableWorld
let template: Template
let slot: Awaited<ReturnType<TimetableWorld['slotsOf']>>[number]
let linkCentreRoomId: string

beforeAll(async () => {
  world = await aTimetableWorld()
  const { linkCentreId } = world.place
  linkCentreRoomId = (await insertLinkCentreRoom(world.db, { linkCentreId })).linkCentreRoomId
})
afterAll(() => world.close())
beforeEach(async () => {
  template = (await world.addTemplate()).json<Template>()
  slot = (await world.slotsOf(template.templateId))[0] as typeof slot
})

type Answer = { json: () => unknown }

/** Somebody in this database waits for a lock. */
async function isWaiting(): Promise<true | null> {
  const rows = await world.db.$queryRaw<unknown[]>`
    SELECT 1 FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`
  return rows.length > 0 || null
}

/**
 * Saves while a booking is under way that was begun after the preview, and whose transaction ends only
 * when the save already waits. Resolves with the visit and the answer.
 */
async function saveDuring(
  save: () => Promise<Answer>,
  given: { linkCentreRoomId?: string; terminalId?: string } = {},
): Promise<{ visitId: string; answer: Answer }> {
  let answer: Promise<Answer> | undefined
  const visit = await world.db.$transaction(async (tx) => {
    const booked = await rowsOf({ ...world, db: tx }).visitIn(slot, given)
    answer = save()
    await until(isWaiting, 'the save that waits for the booking')
    return booked
  })
  if (answer === undefined) throw new Error('nothing was saved')
  return { ...visit, answer: await answer }
}

const NOT_CONFIRMED = (visitId: string) => ({
  code: 'IMPACT_NOT_CONFIRMED',
  report: { affected: [{ visitId }] },
})

describe('[BK-7] a visit that is booked between preview and save', () => {
  it('makes the save of a template wait, and then be refused', async () => {
    const weekday = world.days.next
    expect((await world.preview(template, { weekday })).json<Impact>().affected).toEqual([])
    const { visitId, answer } = await saveDuring(() => world.change(template, { weekday }))
    expect(answer.json()).toMatchObject(NOT_CONFIRMED(visitId))
    const slots = await world.slotsOf(template.templateId)
    expect(slots.every(({ closedAt }) => closedAt === null)).toBe(true)
    expect((await world.change(template, { weekday }, [visitId])).json()).toMatchObject({
      impact: { affected: [{ visitId }] },
    })
  })

  const blackout = (place: object) => ({
    ...place,
    startsAt: slot.startsAt.toISOString(),
    endsAt: slot.endsAt.toISOString(),
    reason: 'Works on the main gate',
    affectedDigest: affectedDigestOf([]),
  })

  it.each([
    ['facility', { scope: 'FACILITY' }, 'scheduler'],
    ['wing', { scope: 'WING', wing: 'A' }, 'scheduler'],
    ['estate', { scope: 'ESTATE' }, 'operatorAdmin'],
  ] as const)('makes a blackout of its %s wait, and then be refused', async (_, place, role) => {
    await world.db.visit.updateMany({
      where: { slotId: { not: null }, startsAt: slot.startsAt },
      data: { bookingState: 'CANCELLED' },
    })
    const save = () => world.post('/api/blackouts', blackout(place), role)
    const { visitId, answer } = await saveDuring(save)
    expect(answer.json()).toMatchObject(NOT_CONFIRMED(visitId))
  })

  it('makes a blackout of its terminal wait, and then be refused', async () => {
    const { facilityId } = world.place
    const { terminalId } = await insertTerminal(world.db, { facilityId })
    const place = { scope: 'TERMINAL', terminalId }
    const save = () => world.post('/api/blackouts', blackout(place))
    const { visitId, answer } = await saveDuring(save, { terminalId })
    expect(answer.json()).toMatchObject(NOT_CONFIRMED(visitId))
  })

  it('makes a blackout of its room at the link centre wait, and then be refused', async () => {
    const place = { scope: 'LINK_CENTRE_ROOM', linkCentreRoomId }
    const save = () => world.post('/api/blackouts', blackout(place), 'operatorAdmin')
    const { visitId, answer } = await saveDuring(save, { linkCentreRoomId })
    expect(answer.json()).toMatchObject(NOT_CONFIRMED(visitId))
  })
})

describe('[BK-7] two who change one template', () => {
  it('are one that wins and one that learns of it', async () => {
    const answers = await Promise.all([
      world.change(template, { capacity: 4 }),
      world.change(template, { startMinute: 900 }),
    ])
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409])
    const { templateId } = template
    const open = { where: { templateId, closedAt: null } }
    expect(await world.db.slot.count(open)).toBe(5)
    expect(await world.db.sessionTemplate.findUnique({ where: { templateId } })).toMatchObject({
      version: 1,
    })
  })
})
