import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ERROR_STATUS } from '@visavis/contract/errors'
import { isApi } from './http-security.ts'
import { PROBLEM_TYPE, problemOf } from './http-errors.ts'

/** Folders of the built clients. */
export type ClientFolders = { readonly web: string; readonly kiosk: string }

const KIOSK_PREFIX = '/terminal/'
/** Vite puts a hash of the content into these names: they never change. */
const HASHED_FILE = /\/assets\/[^/]+$/
const FOREVER = 'public, max-age=31536000, immutable'
const ASK_EACH_TIME = 'no-cache'
/** Pages are kept nowhere, also not for the way back: another person may sit there by then. */
const NEVER = 'no-store'
const NOT_BUILT = 'The pages have not been built yet. Run `npm start`, which builds them.\n'
const UNAVAILABLE = 503

/** Serves both clients; any address that is no file and wants a page gets the page of its client. */
export async function addClients(app: FastifyInstance, folders: ClientFolders): Promise<void> {
  await app.register(fastifyStatic, { ...served(folders.kiosk), prefix: KIOSK_PREFIX })
  await app.register(fastifyStatic, { ...served(folders.web), prefix: '/', decorateReply: false })
  app.get('/terminal', { schema: { hide: true } }, (_request, reply) =>
    reply.redirect(KIOSK_PREFIX),
  )
  app.setNotFoundHandler((request, reply) => answerUnknown(request, reply, folders))
}

function served(root: string) {
  return {
    root,
    cacheControl: false,
    suppressWarning: true,
    setHeaders: (reply: FastifyReply, path: string) => {
      reply.header('cache-control', keptHow(path))
    },
  }
}

function keptHow(file: string): string {
  if (HASHED_FILE.test(file)) return FOREVER
  return file.endsWith('.html') ? NEVER : ASK_EACH_TIME
}

function answerUnknown(
  request: FastifyRequest,
  reply: FastifyReply,
  folders: ClientFolders,
): FastifyReply {
  const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
  if (isApi(request.url) || !isPage) {
    const problem = problemOf('NOT_FOUND', request.id)
    return reply
      .code(ERROR_STATUS.NOT_FOUND)
      .type(PROBLEM_TYPE)
      .serializer(JSON.stringify)
      .send(problem)
  }
  const folder = request.url.startsWith(KIOSK_PREFIX) ? folders.kiosk : folders.web
  if (!existsSync(join(folder, 'index.html'))) {
    return reply.code(UNAVAILABLE).type('text/plain').send(NOT_BUILT)
  }
  return reply.sendFile('index.html', folder)
}
