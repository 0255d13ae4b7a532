import type { FastifyReply } from 'fastify'
import type { AnsweredBytes } from './reading.service.ts'

const PARTIAL_CONTENT = 206
const RANGE_NOT_SATISFIABLE = 416

/** Answers with bytes as they come; they are stored nowhere on the way. */
export function sendBytes(reply: FastifyReply, answered: AnsweredBytes): FastifyReply {
  const { mimeType, bytes, part, stream } = answered
  reply
    .header('accept-ranges', 'bytes')
    .header('cache-control', 'no-store')
    .header('content-disposition', 'inline')
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
