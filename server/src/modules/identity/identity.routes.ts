import type { FastifyReply } from 'fastify'
import { routes } from '@visavis/contract/http'
import type { BindRoute } from '../../platform/bind-route.ts'
import type { ActorByAccess } from './actor.ts'
import type { Identity } from './identity.ts'
import { SIGN_IN_LIFE_MS } from './identity-rules.ts'
import type { InmateSignedIn } from './inmate-sign-in.service.ts'

/** A room of people behind one address signs in at once; a guesser gets nowhere with thirty a minute. */
const SIGN_INS_PER_MINUTE = 30
/** Above what a facility's terminals, behind one address, need at the turn of a visit. */
const PINS_PER_MINUTE = 30

/** REST of sign-in, for accounts and for inmates on a terminal. */
export function bindIdentityRoutes(bind: BindRoute<ActorByAccess>, identity: Identity): void {
  const { cookies, signIn } = identity
  bindInmateRoutes(bind, identity)
  bind(
    routes.signIn,
    async ({ body, requestId, request, reply }) => {
      const heldToken = cookies.read(request.headers.cookie, 'account')
      const { token, me } = await signIn.signIn({ ...body, heldToken, requestId })
      reply.header('set-cookie', cookies.keep('account', token, SIGN_IN_LIFE_MS))
      return me
    },
    { triesPerMinute: SIGN_INS_PER_MINUTE },
  )
  bind(routes.signOut, async ({ actor, requestId, reply }) => {
    await signIn.signOut(actor, requestId)
    reply.header('set-cookie', cookies.forget('account'))
    return {}
  })
  bind(routes.me, ({ actor }) => signIn.me(actor))
}

function bindInmateRoutes(
  bind: BindRoute<ActorByAccess>,
  { cookies, inmateSignIn, clock }: Identity,
): void {
  const keepSignIn = (signedIn: InmateSignedIn, reply: FastifyReply) => {
    const lifeMs = signedIn.expiresAt.getTime() - clock.now().getTime()
    reply.header('set-cookie', cookies.keep('inmate', signedIn.token, lifeMs))
    return { displayName: signedIn.displayName, language: signedIn.language }
  }
  bind(
    routes.inmateSignIn,
    async ({ actor, body, requestId, reply }) => {
      const signedIn = await inmateSignIn.signIn(actor, { ...body, requestId })
      return keepSignIn(signedIn, reply)
    },
    { triesPerMinute: PINS_PER_MINUTE },
  )
  bind(
    routes.deskSignIn,
    async ({ actor, body, requestId, reply }) => {
      const signedIn = await inmateSignIn.deskSignIn(actor, { ...body, requestId })
      return keepSignIn(signedIn, reply)
    },
    { triesPerMinute: PINS_PER_MINUTE },
  )
  bind(routes.enterRing, async ({ actor, params, requestId, request, reply }) => {
    const expiresAt = await inmateSignIn.enterRing(actor, { ...params, requestId })
    const token = cookies.read(request.headers.cookie, 'inmate')
    const lifeMs = expiresAt.getTime() - clock.now().getTime()
    // The same sign-in, kept for as long as the visit.
    if (token !== null) reply.header('set-cookie', cookies.keep('inmate', token, lifeMs))
    return {}
  })
  bind(routes.inmateSignOut, async ({ actor, requestId, reply }) => {
    await inmateSignIn.signOut(actor, requestId)
    reply.header('set-cookie', cookies.forget('inmate'))
    return {}
  })
}
