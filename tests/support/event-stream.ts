import type { Page } from 'playwright-core'

/** One message that a party's page was sent by the server, and what it was an answer to. */
export type StreamedEvent = {
  /** An event's name, or `answer to …` with the command's name. */
  readonly name: string
  /** The bytes as they came, with everything random replaced by a sign of the same length. */
  readonly bytes: string
  /** Its number among all that the seat was told; null for an answer. */
  readonly seq: number | null
}

/** Everything the server says to a page over its socket, from now on, in the order in which it came. */
export function recordEvents(page: Page): () => StreamedEvent[] {
  const events: StreamedEvent[] = []
  page.on('websocket', (socket) => {
    const asked = new Map<string, string>()
    socket.on('framesent', ({ payload }) => {
      const sent = parseFrame(String(payload))
      if (sent?.ackId) asked.set(sent.ackId, sent.name)
    })
    socket.on('framereceived', ({ payload }) => {
      const bytes = String(payload)
      const received = parseFrame(bytes)
      if (!received) return
      const answered = received.isAnswer ? asked.get(received.ackId) : undefined
      const name = received.isAnswer ? `answer to ${answered ?? 'nothing'}` : received.name
      events.push({ name, bytes: withoutChance(bytes), seq: received.seq })
    })
  })
  return () => [...events]
}

/** engine.io `message`, socket.io `event` or `ack`, the namespace, and the number of what wants an answer. */
const FRAME = /^4(?<kind>[23])(?<namespace>\/[a-z]+,)?(?<ackId>\d+)?(?<json>\[.*)$/s

type Frame = {
  readonly isAnswer: boolean
  readonly ackId: string
  readonly name: string
  readonly seq: number | null
}

/** Null for what keeps the connection alive: it follows the clock and nothing else. */
function parseFrame(frame: string): Frame | null {
  const groups = FRAME.exec(frame)?.groups
  if (!groups) return null
  const isAnswer = groups['kind'] === '3'
  const [first, , third] = JSON.parse(groups['json'] ?? '[]') as unknown[]
  const name = typeof first === 'string' ? first : ''
  const seq = typeof third === 'number' ? third : null
  return { isAnswer, ackId: groups['ackId'] ?? '', name, seq }
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g
const FINGERPRINT = /(?:[0-9A-F]{2}:){15,}[0-9A-F]{2}/g
/**
 * Values that chance, the clock or a port decides; of these not even the number of digits is kept. Whether
 * the clock ran in a given second is decided by the first packets, that is by how busy the machine was.
 */
const BY_CHANCE =
  /"(usernameFragment|password|ssrc|port|priority|foundation|deliveredMs|leftMs|isRunning|cname|mid|resumeSecret|lastEventSeq|connection|held)":("[^"]*"|\d+|true|false|null)/g
/** Acknowledgements are counted from the connection's first command. */
const ACK_ID = /^(43\/[a-z]+,)\d+/

/** Events are numbered, and how many ticks came before one is the clock's doing; {@link missingNumbers} looks at these. */
const SEQ = /^(42\/[a-z]+,.*),\d+\]$/s

/** A frame with a sign in the place of whatever ids, keys, ports and clocks decide. */
export function withoutChance(frame: string): string {
  return frame
    .replace(ACK_ID, '$1#')
    .replace(SEQ, '$1,#]')
    .replace(UUID, sameLength)
    .replace(INSTANT, sameLength)
    .replace(FINGERPRINT, sameLength)
    .replace(BY_CHANCE, '"$1":#')
}

function sameLength(random: string): string {
  return '#'.repeat(random.length)
}

/** Numbers that are left out between the first event and the last: something was told that did not come here. */
export function missingNumbers(events: readonly StreamedEvent[]): number[] {
  const numbers = events.flatMap(({ seq }) => (seq === null ? [] : [seq]))
  const came = new Set(numbers)
  const first = Math.min(...numbers)
  return Array.from({ length: Math.max(...numbers) - first }, (_, index) => first + index).filter(
    (number) => !came.has(number),
  )
}

/** What comes with each second of the clock, or as the line goes: how often is theirs to say. */
const BY_THE_CLOCK: readonly string[] = ['visit:ticked', 'visit:lines', 'answer to seat:quality']

/**
 * What a stream says regardless of chance: of each kind of message the bytes in their order, of the
 * ticking ones each that differs, and of a pair of tracks (whose order their random ids decide) both.
 */
export function essenceOf(events: readonly StreamedEvent[]): Record<string, string[]> {
  const essence: Record<string, string[]> = {}
  for (const { name, bytes } of events) (essence[name] ??= []).push(bytes)
  for (const [name, stream] of Object.entries(essence)) {
    if (BY_THE_CLOCK.includes(name)) essence[name] = [...new Set(stream)].sort()
    if (name.includes('consumer')) stream.sort()
  }
  return essence
}
