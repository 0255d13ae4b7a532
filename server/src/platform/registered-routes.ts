import type { FastifyInstance } from 'fastify'

/** A route as the server has it: the template of its address, with `:names`. */
export type RegisteredRoute = { readonly method: string; readonly url: string }

/** The routes that are put on a server from now on; grows while they are. */
export function listRoutes(app: FastifyInstance): readonly RegisteredRoute[] {
  const routes: RegisteredRoute[] = []
  app.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) routes.push({ method: each, url })
  })
  return routes
}
