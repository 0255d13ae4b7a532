import { setTimeout as pause } from 'node:timers/promises'
import type { Body } from '../integration/booking/booking-world.ts'
import type { Chance } from '../support/seeded.ts'
import { enter, enterReplaced, newLedger } from './booking-crash-ledger.ts'
import type { Answer, Known, Ledger, Write } from './booking-crash-ledger.ts'

/** A relative with an inmate to visit, who books, cancels and books again, and never gives up. */
export type Client = {
  readonly name: string
  readonly accountId: string
  readonly cookie: string
  readonly inmateId: string
  readonly visitorId: string
  readonly chance: Chance
  readonly ledger: Ledger
}

/** What all clients share. */
export type Rush = {
  readonly origin: string
  readonly slotIds: readonly string[]
  /** Told of each final answer. */
  readonly onAnswer: () => void
  isOver: boolean
}

/** A server that has not answered by then never will: its process, or its database's, was killed. */
const ATTEMPT_MS = 20_000
/** As long as a person's browser may have to try: PostgreSQL's supervisor waits up to 5 s by itself. */
const PATIENCE_MS = 90_000
const TRY_AGAIN_MS = 50
/** Shares of writes that are sent twice at once, and whose sender hangs up before the answer. */
const TWINS = 0.15
const HANG_UPS = 0.15
const HANG_UP_WITHIN_MS = 10

/** Goes on until the rush is over; the last write is still brought to its answer. */
export async function runClient(client: Client, rush: Rush): Promise<void> {
  while (!rush.isOver) await step(client, rush)
}

async function step(client: Client, rush: Rush): Promise<void> {
  const { chance } = client
  const held = chance.pick(known(client, 'HELD'))
  if (held)
    return chance.is(0.7) ? confirm(client, rush, held) : release(client, rush, held.visitId)
  const confirmed = chance.pick(known(client, 'CONFIRMED'))
  if (confirmed && chance.is(0.25)) return cancel(client, rush, confirmed)
  const replaced = chance.is(0.8) ? confirmed : chance.pick(known(client, 'CANCELLED'))
  if (replaced && chance.is(0.35)) return rebook(client, rush, replaced)
  return book(client, rush)
}

function known({ ledger }: Client, bookingState: string): Known[] {
  return [...ledger.bookings.values()].filter((booking) => booking.bookingState === bookingState)
}

async function book(client: Client, rush: Rush): Promise<void> {
  const { inmateId, visitorId, chance, ledger } = client
  const slotId = chance.pick(rush.slotIds) ?? ''
  const body = { inmateId, visitorIds: [visitorId], place: 'HOME', slotId }
  const held = await write(client, rush, { path: '/api/bookings', body })
  if (held === null) return
  enter(ledger, held, ['booking.hold'])
  const booking = ledger.bookings.get(held.visitId)
  // Some think about it for a while.
  if (booking && !chance.is(0.1)) await confirm(client, rush, booking)
}

async function confirm(client: Client, rush: Rush, { visitId }: Known): Promise<void> {
  const said = await write(client, rush, { path: `/api/bookings/${visitId}/confirmation` })
  if (said !== null) enter(client.ledger, said, ['booking.confirm'])
  // Its inmate has no visits left: the place is for others.
  else await release(client, rush, visitId)
}

async function release(client: Client, rush: Rush, visitId: string): Promise<void> {
  const said = await write(client, rush, { path: `/api/bookings/${visitId}/release` })
  if (said !== null) enter(client.ledger, said, ['booking.release'])
}

async function cancel(client: Client, rush: Rush, { visitId, version }: Known): Promise<void> {
  const body = { reason: 'CHANGED_MIND', version }
  const said = await write(client, rush, { path: `/api/bookings/${visitId}/cancellation`, body })
  if (said !== null) enter(client.ledger, said, ['booking.cancel'])
}

async function rebook(client: Client, rush: Rush, { visitId }: Known): Promise<void> {
  const body = { slotId: client.chance.pick(rush.slotIds) ?? '' }
  const said = await write(client, rush, { path: `/api/bookings/${visitId}/rebooking`, body })
  if (said === null) return
  enterReplaced(client.ledger, visitId)
  enter(client.ledger, said, ['booking.hold', 'booking.confirm'])
}

/** Brings a write to its answer, whatever it takes; null: it was refused. */
async function write(
  client: Client,
  rush: Rush,
  what: Omit<Write, 'key'>,
): Promise<(Body & { slotId?: string }) | null> {
  const { ledger, chance, name } = client
  const key = `${name}.${ledger.accepted.length + ledger.refused.length}`
  const keyed = { ...what, key }
  const hangUpMs = chance.is(HANG_UPS) ? chance.below(HANG_UP_WITHIN_MS) : ATTEMPT_MS
  const first = untilAnswered(client, rush, { ...keyed, hangUpMs })
  const twins = chance.is(TWINS) ? [first, untilAnswered(client, rush, keyed)] : [first]
  const answers = await Promise.all(twins)
  const accepted = answers.filter(({ status }) => status === 200)
  if (new Set(accepted.map(({ text }) => text)).size > 1) ledger.contradicted.push(key)
  rush.onAnswer()
  const [answer] = accepted
  if (answer === undefined) {
    ledger.refused.push(...answers.slice(0, 1).map((each) => ({ ...keyed, ...each })))
    return null
  }
  ledger.accepted.push({ ...keyed, ...answer })
  return JSON.parse(answer.text) as Body & { slotId?: string }
}

/** The same key again until somebody answers for it. */
async function untilAnswered(
  client: Client,
  { origin }: Pick<Rush, 'origin'>,
  { hangUpMs = ATTEMPT_MS, ...what }: Write & { readonly hangUpMs?: number },
): Promise<Answer> {
  const { lost } = client.ledger
  const givesUpAt = performance.now() + PATIENCE_MS
  for (let attemptMs = hangUpMs; ; attemptMs = ATTEMPT_MS) {
    const answer = await send(client, origin, { ...what, attemptMs })
    if (answer !== null && answer.status < 500) return answer
    const instead = answer === null ? 'NO_ANSWER' : codeOf(answer)
    lost.set(instead, (lost.get(instead) ?? 0) + 1)
    if (performance.now() > givesUpAt) {
      throw new Error(`${what.key}: no answer, at last ${answer?.text ?? 'nothing'}`)
    }
    await pause(TRY_AGAIN_MS)
  }
}

/** One attempt; null: the line was dead, or went dead. */
export async function send(
  { cookie }: Pick<Client, 'cookie'>,
  origin: string,
  { key, path, body, attemptMs = ATTEMPT_MS }: Write & { readonly attemptMs?: number },
): Promise<Answer | null> {
  const headers = {
    cookie,
    'idempotency-key': key,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  }
  const sentAtMs = Date.now()
  try {
    const answer = await fetch(`${origin}${path}`, {
      method: 'POST',
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(attemptMs),
    })
    return { status: answer.status, text: await answer.text(), sentAtMs }
  } catch {
    return null
  }
}

/** The code of a refusal or fault. */
export function codeOf({ text }: Answer): string {
  return (JSON.parse(text) as { code?: string }).code ?? 'NO_CODE'
}

/** A client with nothing booked yet. */
export function newClient(given: Omit<Client, 'ledger'>): Client {
  return { ...given, ledger: newLedger() }
}
