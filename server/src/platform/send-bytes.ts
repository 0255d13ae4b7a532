import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

/** Bytes to be answered: all of them, a part, or none for want of such a part. */
export type AnsweredBytes = {
  readonly mimeType: string
  /** Of the whole, in clear. */
  readonly bytes: number
  /** The same for the same bytes, without its quotes: a download that broke off goes on only in these. */
  readonly tag: string
  readonly part: { readonly start: number; readonly end: number } | null
  /** Null: the range lies outside. */
  readonly stream: Readable | null
}

const PARTIAL_CONTENT = 206
const RANGE_NOT_SATISFIABLE = 416

/** Answers with bytes as they come (RFC 9110 §14); they are stored nowhere on the way. `saveAs` makes it a download. */
export function sendBytes(
  reply: FastifyReply,
  answered: AnsweredBytes,
  { saveAs }: { saveAs?: string } = {},
): FastifyReply {
  const { mimeType, bytes, tag, part, stream } = answered
  reply
    .header('accept-ranges', 'bytes')
    .header('etag', `"${tag}"`)
    .header('cache-control', 'no-store')
    .header('content-disposition', saveAs ? `attachment; filename="${saveAs}"` : 'inline')
  if (stream === null) {
    return reply.code(RANGE_NOT_SATISFIABLE).header('content-range', `bytes */${bytes}`).send()
  }
  if (part !== null) {
    const range = `bytes ${part.start}-${part.end}/${bytes}`
    reply.code(PARTIAL_CONTENT).header('content-range', range)
  }
  const length = part === null ? bytes : part.end - part.start + 1
  return reply.type(mimeType).header('content-length', length).send(stream)
}

/**
 * A stream whose first piece is there: what fails at once is answered as a failure, not as a broken answer. When
 * it is closed, for the caller has gone, say, `pieces` end as well, and with them all reading and decryption.
 */
export async function begun(pieces: AsyncGenerator<Buffer>): Promise<Readable> {
  const first = await pieces.next()
  async function* all(): AsyncGenerator<Buffer> {
    if (!first.done) yield first.value
    yield* pieces
  }
  const stream = Readable.from(all(), { objectMode: false })
  // A stream that was never read from does not tell its source.
  stream.once('close', () => void pieces.return(undefined))
  return stream
}
