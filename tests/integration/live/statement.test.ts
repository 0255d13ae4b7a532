import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../../support/until.ts'
import { aLiveVisit, end, hangUp, told } from './support/live-visit.ts'
import { aLiveWorld } from './support/live-world.ts'
import type { LiveWorld } from './support/live-world.ts'
import { delivered, seenByNode, statementOf } from './support/statement.ts'

const MINUTE_MS = 60_000

let world: LiveWorld
beforeAll(async () => {
  world = await aLiveWorld()
})
afterAll(() => world.close())

/** Waits until the server has stored a stretch without media, and gives its length. */
const storedCut = (visitId: string) =>
  until(async () => {
    const rows = await world.db.flowStretch.findMany({ where: { visitId, isFlowing: false } })
    const ms = rows.reduce((sum, row) => sum + row.ms, 0)
    return ms > 0 ? ms : null
  }, 'the cut to be stored')

describe('the statement of a visit', () => {
  it('[LV-6] [LV-7] puts what was not delivered down to the visitor whose line was cut', async () => {
    const live = await aLiveVisit(world)
    const { visitId } = live.people
    await delivered(live.visitor, 1_000)
    live.media.visitor.close()
    const cutMs = await storedCut(visitId)
    await seenByNode(world, visitId)
    await end(live)
    const statement = await statementOf(world, visitId)
    expect(statement.deliveredMs).toBeGreaterThanOrEqual(1_000)
    expect(statement.lostTo('VISITOR_NETWORK')).toBeGreaterThanOrEqual(cutMs)
    expect(statement.lostTo('STAFF_ENDED')).toBeGreaterThan(0)
    expect(statement).toMatchObject({
      outcome: 'STAFF_TERMINATED',
      isGivenBack: false,
      creditMs: 0,
    })
  })

  it('[LV-6] [LV-7] owes the minutes that nobody measured to the family', async () => {
    const live = await aLiveVisit(world)
    const { visitId } = live.people
    await delivered(live.visitor, 1_000)
    await seenByNode(world, visitId)
    // Half an hour of which the node says nothing: a hole is ours.
    world.clock.advance(30 * MINUTE_MS)
    await told(live.visitor, 'ENDED')
    const statement = await statementOf(world, visitId)
    const { bookedMs, deliveredMs, creditMs } = statement
    expect(statement.outcome).toBe('FAILED_TECH_PLATFORM')
    expect(creditMs).toBe(bookedMs - deliveredMs)
    expect(statement.lostTo('PLATFORM')).toBeGreaterThan(25 * MINUTE_MS)
    const owed = await world.db.timeCreditEntry.findMany({ where: { visitId } })
    expect(owed).toMatchObject([{ kind: 'GRANT', ms: creditMs }])
    hangUp(live)
  })
})
