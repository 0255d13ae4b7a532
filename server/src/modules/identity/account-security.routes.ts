import { routes } from '@visavis/contract/http'
import type { BindRoute } from '../../platform/bind-route.ts'
import type { ActorByAccess } from './actor.ts'
import { callerOf, keepSignIn } from './caller.ts'
import type { Identity } from './identity.ts'

/** REST of the own passkeys, apps, codes and sign-ins. */
export function bindAccountSecurity(bind: BindRoute<ActorByAccess>, identity: Identity): void {
  const { security } = identity
  bindProofs(bind, identity)
  bindPasskeys(bind, identity)
  bind(routes.mySecurity, ({ actor }) => security.view(actor))
  bind(routes.beginTotp, ({ actor, requestId }) => security.beginTotp(actor, requestId))
  bind(routes.confirmTotp, async ({ actor, body, requestId }) => ({
    recoveryCodes: await security.confirmTotp(actor, body.code, requestId),
  }))
  bind(routes.removeTotp, async ({ actor, requestId }) => {
    await security.removeTotp(actor, requestId)
    return {}
  })
  bind(routes.renewRecoveryCodes, async ({ actor, requestId }) => ({
    recoveryCodes: await security.renewRecoveryCodes(actor, requestId),
  }))
  bind(routes.changePassword, async ({ actor, body, requestId }) => {
    await security.changePassword(actor, body.password, requestId)
    return {}
  })
  bind(routes.endMySession, async ({ actor, params, requestId }) => {
    await security.endOne(actor, params.authSessionId, requestId)
    return {}
  })
  bind(routes.endMyOtherSessions, async ({ actor, requestId }) => ({
    ended: await security.endOthers(actor, requestId),
  }))
}

function bindProofs(bind: BindRoute<ActorByAccess>, identity: Identity): void {
  const { secondFactor } = identity
  bind(routes.proofRequest, ({ actor }) => secondFactor.request(actor))
  bind(routes.prove, async (call) => {
    const signedIn = await secondFactor.prove(call.actor, call.body, callerOf(identity, call))
    return keepSignIn(identity, call.reply, signedIn)
  })
  bind(routes.secondFactor, async (call) => {
    const signedIn = await secondFactor.finish(call.actor, call.body, callerOf(identity, call))
    return keepSignIn(identity, call.reply, signedIn)
  })
}

function bindPasskeys(bind: BindRoute<ActorByAccess>, identity: Identity): void {
  const { ownPasskeys } = identity
  bind(routes.passkeyCreation, ({ actor }) => ownPasskeys.creation(actor))
  bind(routes.addPasskey, async (call) => {
    const added = await ownPasskeys.add(call.actor, call.body, callerOf(identity, call))
    const { passkey, me, signedIn } = added
    if (signedIn !== null) keepSignIn(identity, call.reply, signedIn)
    return { passkey, me }
  })
  bind(routes.renamePasskey, ({ actor, params, body, requestId }) =>
    ownPasskeys.rename(actor, { ...params, ...body, requestId }),
  )
  bind(routes.removePasskey, async ({ actor, params, requestId }) => {
    await ownPasskeys.remove(actor, params.passkeyId, requestId)
    return {}
  })
}
