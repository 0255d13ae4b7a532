import { afterAll, describe, expect, it } from 'vitest'
import { createCleanUp } from '../support/clean-up.ts'
import { startMortalPostgres } from '../support/mortal-postgres.ts'
import { startMortalServer } from '../support/mortal-server.ts'
import { anySeed, seeded } from '../support/seeded.ts'
import { NOTHING_FOUND, findings, repeatAll, replayed } from './booking-crash-findings.ts'
import { codeOf } from './booking-crash-client.ts'
import type { Client } from './booking-crash-client.ts'
import { openRush, planCrashes, runRush } from './booking-crash-rush.ts'

/**
 * BK-5 to the end: people book, cancel and book again over HTTP, each write under one key until it is
 * answered, some twice at once, some hanging up; meanwhile the server and PostgreSQL are killed with
 * `kill -9`. What the clients were told is then compared with what is stored.
 *
 * - `BOOKING_CRASHES`: how many (3; the long form is 40, a few minutes; every third is PostgreSQL's)
 * - `BOOKING_CLIENTS`: how many people (12)
 * - `BOOKING_CRASH_SEED`: the seed that a run has printed, for the same crashes and the same wishes
 */
const CRASHES = Number(process.env['BOOKING_CRASHES'] ?? 3)
const CLIENTS = Number(process.env['BOOKING_CLIENTS'] ?? 12)
const SEED = Number(process.env['BOOKING_CRASH_SEED'] ?? anySeed())

/** Start and comparison, and for each crash the longest recovery. */
const PATIENCE_MS = 120_000 + CRASHES * 30_000

const cleanUp = createCleanUp()
afterAll(cleanUp.run, PATIENCE_MS)

describe('bookings', { timeout: PATIENCE_MS }, () => {
  it('[BK-1] [BK-5] are never lost or doubled, whoever is killed with kill -9', async ({
    onTestFailed,
  }) => {
    const crashes = planCrashes(CRASHES, seeded(SEED))
    const victims = crashes.map(({ victim }) => victim).join(', ')
    console.info(`BOOKING_CRASH_SEED=${SEED} BOOKING_CRASHES=${CRASHES}: ${victims}`)
    const postgres = cleanUp.later(await startMortalPostgres(), ({ stop }) => stop())
    const { facilityId, ...rush } = await openRush(postgres.db, { clients: CLIENTS, seed: SEED })
    const server = cleanUp.later(await startMortalServer(postgres.url), ({ stop }) => stop())
    onTestFailed(() => {
      report(rush.clients, { failedStarts: server.failedStarts() })
      console.info(`the server, at last:\n${server.lastWords()}`)
    })
    await runRush({ server, postgres }, rush, crashes)
    const compare = () => findings(postgres.db, rush.clients, facilityId)
    expect(await compare()).toEqual(NOTHING_FOUND)
    // Once more the same requests: the same answers, and nothing else.
    expect(await repeatAll(server.origin, rush.clients)).toEqual([])
    expect(await compare()).toEqual(NOTHING_FOUND)
    expect(server.ownEnds()).toEqual([])
    const done = await replayed(postgres.db, rush.clients)
    const figures = report(rush.clients, { replayed: done, failedStarts: server.failedStarts() })
    // Otherwise nothing was proved.
    expect(figures.accepted).toBeGreaterThan(CLIENTS)
    expect(figures.replayed).toBeGreaterThan(0)
    // A database that is away is no fault of ours, and told as what it is.
    expect(server.unforeseen()).toEqual([])
    expect(figures.lost).not.toHaveProperty('INTERNAL')
  })
})

/** Figures for people. */
function report<More extends object>(clients: readonly Client[], more: More) {
  const ledgers = clients.map(({ ledger }) => ledger)
  const bookings = ledgers.flatMap((ledger) => [...ledger.bookings.values()])
  const figures = {
    accepted: ledgers.flatMap(({ accepted }) => accepted).length,
    ...more,
    bookings: countBy(bookings.map(({ bookingState }) => [bookingState, 1])),
    refused: countBy(ledgers.flatMap(({ refused }) => refused.map((each) => [codeOf(each), 1]))),
    lost: countBy(ledgers.flatMap(({ lost }) => [...lost])),
  }
  console.info(JSON.stringify(figures))
  return figures
}

function countBy(parts: readonly (readonly [string, number])[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const [name, count] of parts) counts[name] = (counts[name] ?? 0) + count
  return counts
}
