import { expect } from 'vitest'
import type { House, Pair, WaitingWorld } from './waiting-world.ts'

export type Entry = {
  waitingId: string
  state: string
  position: number | null
  offeredVisitId: string | null
  offerExpiresAt: string | null
}
/** Where a line is: a slot of a facility. */
type At = { readonly world: WaitingWorld; readonly house: House; readonly slotId: string }

/** What people do at a slot that others have, as their pages would ask for it. */
export function lineAt(at: () => At) {
  const hold = (pair: Pair) =>
    at().world.call(pair.cookie, '/api/bookings', { ...pair.party, slotId: at().slotId })
  const confirm = (pair: Pair, visitId: string) =>
    at().world.call(pair.cookie, `/api/bookings/${visitId}/confirmation`, {})
  const bookedBy = async (pair: Pair): Promise<{ visitId: string }> => {
    const held = await hold(pair)
    expect(held.statusCode, held.body).toBe(200)
    const { visitId } = held.json<{ visitId: string }>()
    expect((await confirm(pair, visitId)).statusCode).toBe(200)
    return { visitId }
  }
  const cancel = async (pair: Pair, visitId: string) => {
    const { version } = await at().world.db.visit.findUniqueOrThrow({ where: { visitId } })
    const payload = { reason: 'CHANGED_MIND', version }
    const answer = await at().world.call(
      pair.cookie,
      `/api/bookings/${visitId}/cancellation`,
      payload,
    )
    expect(answer.statusCode, answer.body).toBe(200)
  }
  const join = (pair: Pair, key: string = crypto.randomUUID()) =>
    at().world.callWith(key)(pair.cookie, '/api/waiting-list', {
      ...pair.party,
      slotId: at().slotId,
    })
  const joined = async (): Promise<Pair & { waitingId: string }> => {
    const pair = await at().house.aPair()
    const answer = await join(pair)
    expect(answer.statusCode, answer.body).toBe(200)
    return { ...pair, ...answer.json<{ waitingId: string }>() }
  }
  const leave = (pair: Pair, waitingId: string) =>
    at().world.call(pair.cookie, `/api/waiting-list/${waitingId}/leaving`, {})
  const entryOf = async (pair: Pair): Promise<Entry> => {
    const answer = await at().world.call(pair.cookie, '/api/waiting-list')
    const [entry] = answer.json<{ entries: Entry[] }>().entries
    if (!entry) throw new Error(`nobody waits: ${answer.body}`)
    return entry
  }
  const offer = () => at().world.jobs.runNow('waiting.offer', { slotId: at().slotId })
  const offered = async (pair: Pair): Promise<string> => {
    const { state, offeredVisitId } = await entryOf(pair)
    expect(state).toBe('OFFERED')
    return offeredVisitId ?? ''
  }

  return { hold, confirm, bookedBy, cancel, join, joined, leave, entryOf, offer, offered }
}

/** How many transactions the database had to give up because they waited for each other. */
export async function deadlocksOf(world: WaitingWorld): Promise<number> {
  const [row] = await world.db.$queryRaw<{ deadlocks: number }[]>`
    SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()`
  return row?.deadlocks ?? 0
}
