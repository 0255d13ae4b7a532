import { setTimeout as pause } from 'node:timers/promises'
import { systemClock } from '@visavis/platform/clock'
import { newId, newToken, tokenHash } from '@visavis/prisma'
import type { Database } from '@visavis/prisma'
import { HOUR_MS, aFamily, aPrison, aSlotAt } from '../integration/booking/booking-world.ts'
import { POSTGRES_DEATHS } from '../support/mortal-postgres.ts'
import type { MortalPostgres, PostgresDeath } from '../support/mortal-postgres.ts'
import type { MortalServer } from '../support/mortal-server.ts'
import { seeded } from '../support/seeded.ts'
import type { Chance } from '../support/seeded.ts'
import { until } from '../support/until.ts'
import { newClient, runClient } from './booking-crash-client.ts'
import type { Client, Rush } from './booking-crash-client.ts'

/** One `kill -9`, and how much later than the one before. */
export type Crash = {
  readonly victim: 'server' | PostgresDeath
  /** Final answers in between, which show that all is up again; 0: perhaps in the middle of a start. */
  readonly afterAnswers: number
  readonly afterMs: number
}

const TERMINALS = 2
const FULL_HOURS = 16
/** More than are left over in some hours of visits, so that some inmates use theirs up. */
const VISITS_A_MONTH = 6
const DAYS_SIGNED_IN = 1
const QUICK_SHARE = 0.2
const QUICK_MS = 1_500
const ANSWERS_BETWEEN = 100
const MOMENT_MS = 30
/** PostgreSQL's supervisor waits up to 5 s before it starts it again, and a busy machine is slow. */
const RECOVERY_MS = 90_000

/** The crashes of a run, PostgreSQL's a third of them, and at least one of each where there are two. */
export function planCrashes(count: number, chance: Chance): Crash[] {
  return Array.from({ length: count }, (_, index) => {
    const isQuick = index > 0 && chance.is(QUICK_SHARE)
    return {
      victim: index % 3 === 1 ? (chance.pick(POSTGRES_DEATHS) ?? 'postmaster') : 'server',
      afterAnswers: isQuick ? 0 : 1 + chance.below(ANSWERS_BETWEEN),
      afterMs: chance.below(isQuick ? QUICK_MS : MOMENT_MS),
    }
  })
}

/** A facility with fewer places than wanted, some of them at overlapping times, and people for them. */
export async function openRush(db: Database, { clients, seed }: { clients: number; seed: number }) {
  const world = { db, clock: systemClock }
  const quota = { visits: VISITS_A_MONTH, period: 'YEAR' as const }
  // No hold is to run out by itself: the clients would not be told.
  const policy = { quota, holdMs: 24 * HOUR_MS }
  const prison = await aPrison(world, { terminals: TERMINALS, policy })
  const slotIds: string[] = []
  for (let hour = 0; hour < FULL_HOURS; hour += 1) {
    for (const hours of [hour, hour + 0.25]) {
      const slot = await aSlotAt(world, { facilityId: prison.facilityId }, { hours, capacity: 2 })
      slotIds.push(slot.slotId)
    }
  }
  const people: Client[] = []
  for (let at = 0; at < clients; at += 1) {
    const family = await aFamily(world, prison)
    const cookie = await signIn(db, family.accountId)
    people.push(newClient({ ...family, cookie, name: `client-${at}`, chance: seeded(seed + at) }))
  }
  return { facilityId: prison.facilityId, slotIds, clients: people }
}

async function signIn(db: Database, accountId: string): Promise<string> {
  const token = newToken()
  const now = new Date()
  const expiresAt = new Date(now.getTime() + DAYS_SIGNED_IN * 24 * HOUR_MS)
  const times = { createdAt: now, lastSeenAt: now, expiresAt }
  const data = { authSessionId: newId(), tokenHash: tokenHash(token), accountId, ...times }
  await db.authSession.create({ data })
  return `visavis=${token}`
}

type Ground = { readonly server: MortalServer; readonly postgres: MortalPostgres }

/** Lets the clients book while the crashes happen; ends when each has its last answer. */
export async function runRush(
  { server, postgres }: Ground,
  { clients, slotIds }: { clients: readonly Client[]; slotIds: readonly string[] },
  crashes: readonly Crash[],
): Promise<{ readonly answers: number }> {
  let answers = 0
  const onAnswer = () => void (answers += 1)
  const rush: Rush = { origin: server.origin, slotIds, onAnswer, isOver: false }
  const answered = async (more: number) => {
    const enough = answers + more
    await until(() => (answers >= enough ? true : null), `${more} answers`, RECOVERY_MS)
  }
  const crashAll = async () => {
    for (const { victim, afterAnswers, afterMs } of crashes) {
      await answered(afterAnswers)
      // The moment is to be any, also in the middle of what follows those answers.
      await pause(afterMs)
      if (victim === 'server') server.die()
      else await postgres.die(victim)
    }
    await answered(ANSWERS_BETWEEN)
  }
  const all = Promise.all(clients.map((client) => runClient(client, rush)))
  try {
    await Promise.race([all, crashAll()])
  } finally {
    rush.isOver = true
  }
  await all
  return { answers }
}
