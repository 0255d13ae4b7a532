import type { FastifyReply } from 'fastify'
import { Fault } from '@visavis/contract/errors'
import { routes } from '@visavis/contract/http'
import type { Clock } from '@visavis/platform/clock'
import type { Database } from '@visavis/prisma'
import type { BindRoute } from '../../platform/bind-route.ts'
import { createTransact } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import type { ActorByAccess } from '../identity/index.ts'
import { byteRange } from './byte-range.ts'
import type { ObjectStore } from './object-store.ts'
import { createPlaysRepo } from './plays.repo.ts'
import { createPlaysService } from './plays.service.ts'

const PARTIAL_CONTENT = 206
const RANGE_NOT_SATISFIABLE = 416

/** Puts the routes on the server by which recordings are reviewed. */
export function addPlays(
  bind: BindRoute<ActorByAccess>,
  { db, audit, clock, store }: { db: Database; audit: Audit; clock: Clock; store: ObjectStore },
): void {
  const repo = createPlaysRepo(db)
  const plays = createPlaysService({ repo, audit, clock, transact: createTransact(db) })
  bind(routes.listRecordings, async ({ actor, query, requestId }) => ({
    recordings: await plays.list(actor, { ...query, requestId }),
  }))
  bind(
    routes.openPlay,
    ({ actor, params, body, requestId }) =>
      plays.open(actor, params.recordingId, { ...body, requestId }),
    { refusalOfBody: 'PURPOSE_REQUIRED' },
  )
  bind(routes.playTrack, async ({ actor, params, requestId, request, reply }) => {
    const range = request.headers.range
    const track = await plays.track(actor, { ...params, range: range ?? 'whole', requestId })
    return sendObject(reply, { ...track, range, store })
  })
}

async function sendObject(
  reply: FastifyReply,
  object: { key: string; mimeType: string; range: string | undefined; store: ObjectStore },
): Promise<FastifyReply> {
  const { key, store } = object
  const size = await store.sizeOf(key)
  if (size === null) throw new Fault('a recorded track is not in the object store')
  const asked = byteRange(object.range, size)
  reply.header('accept-ranges', 'bytes').header('content-disposition', 'inline')
  if (asked.kind === 'unsatisfiable') {
    return reply.code(RANGE_NOT_SATISFIABLE).header('content-range', `bytes */${size}`).send()
  }
  const { start, end } = asked.kind === 'part' ? asked : { start: 0, end: size - 1 }
  const bytes = await store.read(key, { start, end })
  if (bytes === null) throw new Fault('a recorded track vanished from the object store')
  if (asked.kind === 'part') {
    reply.code(PARTIAL_CONTENT).header('content-range', `bytes ${start}-${end}/${size}`)
  }
  return reply
    .type(object.mimeType)
    .header('content-length', end - start + 1)
    .send(bytes)
}
