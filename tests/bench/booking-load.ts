import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { BookingAnswer, BookingFigures, BookingOrder } from './booking-messages.ts'

/** A generator of booking attempts: so many clients, each with one request under way at any time. */

const send = (message: object): void => void process.send?.(message)

process.on('message', (order: BookingOrder) => {
  void attemptAll(order).then((figures) => send(figures))
})

/** Of the ten minutes that a hold lasts. */
const CONFIRM_AFTER_MS = 2_000

type Job = {
  readonly winners: Promise<void>[]
  readonly next: () => number | null
  readonly agent: Agent
  readonly figures: BookingFigures
}

async function attemptAll(order: BookingOrder): Promise<BookingFigures> {
  const agent = new Agent({ keepAlive: true, maxSockets: order.clients })
  const figures: BookingFigures = {
    booked: 0,
    refused: {},
    serverErrors: 0,
    latenciesMs: [],
    byAnswer: { held: [], refused: [], confirmed: [] },
  }
  let taken = 0
  const next = (): number | null => (taken < order.attempts ? taken++ : null)
  const job: Job = { next, agent, figures, winners: [] }
  const client = () => runClient(order, job)
  await Promise.all(Array.from({ length: order.clients }, client))
  await Promise.all(job.winners)
  agent.destroy()
  return figures
}

async function runClient(order: BookingOrder, job: Job): Promise<void> {
  for (let at = job.next(); at !== null; at = job.next()) await attempt(order, { at, job })
}

/** One attempt: a hold, and where it succeeds its confirmation. */
async function attempt(order: BookingOrder, { at, job }: { at: number; job: Job }): Promise<void> {
  const family = order.families[at % order.families.length]
  // Coprime to the number of slots, so that everybody comes to all of them in turn.
  const slotId = order.slotIds[(at * 7) % order.slotIds.length]
  if (!family || !slotId) return
  const { cookie, inmateId, visitorId } = family
  const body = { inmateId, visitorIds: [visitorId], place: 'HOME', slotId }
  const held = await post({ path: '/api/bookings', cookie, body }, order, job)
  if (held.status !== 200 || held.visitId === undefined) return
  job.winners.push(confirmLater(held.visitId, { order, cookie, job }))
}

/** As soon as a person could who looks once at what was chosen; the client goes on meanwhile. */
async function confirmLater(
  visitId: string,
  { order, cookie, job }: { order: BookingOrder; cookie: string; job: Job },
): Promise<void> {
  await pause(CONFIRM_AFTER_MS)
  const path = `/api/bookings/${visitId}/confirmation`
  const confirmed = await post({ path, cookie }, order, job)
  if (confirmed.status === 200 && confirmed.bookingState === 'CONFIRMED') job.figures.booked += 1
}

function kindOf(path: string, { status }: BookingAnswer): keyof BookingFigures['byAnswer'] {
  if (path.endsWith('/confirmation')) return 'confirmed'
  return status === 200 ? 'held' : 'refused'
}

async function post(
  { path, cookie, body }: { path: string; cookie: string; body?: object },
  { origin }: BookingOrder,
  { agent, figures }: Job,
): Promise<BookingAnswer> {
  const text = body === undefined ? '' : JSON.stringify(body)
  const headers = {
    cookie,
    'idempotency-key': randomUUID(),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    'content-length': Buffer.byteLength(text),
  }
  const startedAt = performance.now()
  const answer = await new Promise<BookingAnswer>((resolve, reject) => {
    const sent = request(`${origin}${path}`, { method: 'POST', agent, headers }, (reply) => {
      const parts: Buffer[] = []
      reply.on('data', (part: Buffer) => parts.push(part))
      reply.on('error', reject)
      reply.on('end', () => {
        const said = JSON.parse(Buffer.concat(parts).toString()) as Omit<BookingAnswer, 'status'>
        resolve({ ...said, status: reply.statusCode ?? 0 })
      })
    })
    sent.on('error', reject)
    sent.end(text)
  })
  const tookMs = performance.now() - startedAt
  figures.latenciesMs.push(tookMs)
  figures.byAnswer[kindOf(path, answer)].push(tookMs)
  if (answer.status >= 500) figures.serverErrors += 1
  if (answer.code !== undefined)
    figures.refused[answer.code] = (figures.refused[answer.code] ?? 0) + 1
  return answer
}
