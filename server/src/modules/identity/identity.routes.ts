import type { FastifyReply } from 'fastify'
import { routes } from '@visavis/contract/http'
import type { BindRoute } from '../../platform/bind-route.ts'
import { bindAccountSecurity } from './account-security.routes.ts'
import type { ActorByAccess } from './actor.ts'
import { browserOf, callerOf, keepSignIn } from './caller.ts'
import type { Identity } from './identity.ts'
import type { InmateSignedIn } from './inmate-sign-in.service.ts'

/** A room of people behind one address signs in at once; a guesser gets nowhere with thirty a minute. */
const SIGN_INS_PER_MINUTE = 30
/** Each costs a signature, and cannot be guessed. */
const PASSKEYS_PER_MINUTE = 120
/** Above what a facility's terminals, behind one address, need at the turn of a visit. */
const PINS_PER_MINUTE = 30

/** REST of sign-in, for accounts and for inmates on a terminal. */
export function bindIdentityRoutes(bind: BindRoute<ActorByAccess>, identity: Identity): void {
  bindInmateRoutes(bind, identity)
  bindSignIn(bind, identity)
  bindAccountSecurity(bind, identity)
}

function bindSignIn(bind: BindRoute<ActorByAccess>, identity: Identity): void {
  const { cookies, signIn } = identity
  const limited = { triesPerMinute: SIGN_INS_PER_MINUTE }
  bind(
    routes.signIn,
    async (call) => {
      const signedIn = await signIn.signIn(call.body, callerOf(identity, call))
      return keepSignIn(identity, call.reply, signedIn)
    },
    limited,
  )
  bind(
    routes.passkeyRequest,
    ({ request, reply }) => signIn.passkeyRequest(browserOf(identity, request, reply)),
    { triesPerMinute: PASSKEYS_PER_MINUTE },
  )
  bind(
    routes.passkeySignIn,
    async (call) => {
      const browserToken = cookies.read(call.request.headers.cookie, 'browser')
      const given = { ...call.body, browserToken }
      const signedIn = await signIn.passkeySignIn(given, callerOf(identity, call))
      return keepSignIn(identity, call.reply, signedIn)
    },
    { triesPerMinute: PASSKEYS_PER_MINUTE },
  )
  bind(
    routes.redeemSetUpCode,
    async (call) => {
      const signedIn = await signIn.redeem(call.body, callerOf(identity, call))
      return keepSignIn(identity, call.reply, signedIn)
    },
    limited,
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
