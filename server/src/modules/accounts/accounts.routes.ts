import { routes } from '@visavis/contract/http'
import type { BindRoute } from '../../platform/bind-route.ts'
import { browserOf } from '../identity/index.ts'
import type { ActorByAccess, Identity } from '../identity/index.ts'
import type { AddressService } from './address.service.ts'
import type { RecoveryService } from './recovery.service.ts'
import type { StaffAccountsService } from './staff-accounts.service.ts'

/** A code costs a mail; a family behind one address asks for few. */
const CODES_PER_MINUTE = 10

/** REST of finding the way back in, and of proving an address. */
export function bindRecovery(
  bind: BindRoute<ActorByAccess>,
  identity: Identity,
  { recovery, address }: { recovery: RecoveryService; address: AddressService },
): void {
  const limited = { triesPerMinute: CODES_PER_MINUTE }
  const heldBrowser = (cookie: string | undefined) => identity.cookies.read(cookie, 'browser')
  bind(
    routes.askRecovery,
    async ({ body, request, reply, requestId }) => {
      const browserToken = browserOf(identity, request, reply)
      await recovery.ask({ ...body, browserToken, requestId })
      return {}
    },
    limited,
  )
  bind(
    routes.proveRecovery,
    ({ body, request, requestId }) => {
      const browserToken = heldBrowser(request.headers.cookie)
      return recovery.prove({ ...body, browserToken, requestId })
    },
    limited,
  )
  bind(
    routes.finishRecovery,
    async ({ body, request, requestId }) => {
      const browserToken = heldBrowser(request.headers.cookie)
      await recovery.finish({ ...body, browserToken, requestId })
      return {}
    },
    limited,
  )
  bind(
    routes.askEmailProof,
    async ({ actor, body, requestId }) => {
      await address.ask(actor, body.email, requestId)
      return {}
    },
    limited,
  )
  bind(routes.proveEmail, async ({ actor, body, requestId }) => {
    await address.prove(actor, body.code, requestId)
    return {}
  })
}

/** REST of a facility's staff accounts. */
export function bindStaffAccounts(
  bind: BindRoute<ActorByAccess>,
  staff: StaffAccountsService,
): void {
  bind(routes.staffAccounts, ({ actor }) => staff.list(actor))
  bind(routes.createStaffAccount, ({ actor, body, requestId }) =>
    staff.create(actor, body, requestId),
  )
  bind(routes.issueSetUpCode, ({ actor, params, requestId }) =>
    staff.issueCode({ actor, ...params, requestId }),
  )
  bind(routes.disableAccount, ({ actor, params, body, requestId }) =>
    staff.disable({ actor, ...params, requestId }, body.reason),
  )
  bind(routes.enableAccount, ({ actor, params, body, requestId }) =>
    staff.enable({ actor, ...params, requestId }, body.reason),
  )
  bind(routes.endAccountSessions, async ({ actor, params, requestId }) => ({
    ended: await staff.endSessions({ actor, ...params, requestId }),
  }))
  bind(routes.askReset, ({ actor, params, body, requestId }) =>
    staff.askReset({ actor, ...params, requestId }, body.reason),
  )
  bind(routes.decideReset, ({ actor, params, body, requestId }) =>
    staff.decideReset(actor, { ...params, ...body, requestId }),
  )
}
