import { routes } from '@visavis/contract/http'
import type { BindRoute } from '../../platform/bind-route.ts'
import type { ActorByAccess, Identity } from '../identity/index.ts'
import type { CentresService } from './centres.service.ts'
import type { DeskService } from './desk.service.ts'
import type { ReceiptsService } from './receipts.service.ts'
import type { RoomCodesService } from './room-codes.service.ts'

/** A centre's devices sit behind one address and sign in at the full hour; fifty bits need no more. */
const CODES_PER_MINUTE = 30

/** What the routes of link centres stand on. */
export type LinkCentreServices = {
  readonly centres: CentresService
  readonly desk: DeskService
  readonly roomCodes: RoomCodesService
  readonly receipts: ReceiptsService
  readonly identity: Identity
}

/** REST of link centres and the host's desk. */
export function bindLinkCentreRoutes(
  bind: BindRoute<ActorByAccess>,
  services: LinkCentreServices,
): void {
  const { centres, desk, receipts } = services
  bind(routes.linkCentres, async ({ actor }) => ({ linkCentres: await centres.list(actor) }))
  bind(routes.setOpeningHours, ({ actor, body, requestId, once }) =>
    once((tx) => centres.setOpeningHours(tx, { actor, ...body, requestId })),
  )
  bind(routes.deskDay, ({ actor, query }) => desk.day(actor, query.date))
  bind(routes.checkIn, ({ actor, params, body, requestId, once }) =>
    once((tx) => desk.checkIn(tx, { actor, ...params, ...body, requestId })),
  )
  bind(routes.answerRoomHelp, ({ actor, params, body, requestId, once }) =>
    once((tx) => desk.answerHelp(tx, { actor, ...params, ...body, requestId })),
  )
  bind(routes.visitReceipt, ({ actor, params }) => receipts.receipt(actor, params.visitId))
  bindRoomCodes(bind, services)
}

function bindRoomCodes(
  bind: BindRoute<ActorByAccess>,
  { roomCodes, identity: { cookies } }: LinkCentreServices,
): void {
  bind(
    routes.issueRoomCode,
    ({ actor, params, requestId }) => roomCodes.issue({ actor, ...params, requestId }),
    { triesPerMinute: CODES_PER_MINUTE },
  )
  bind(
    routes.roomSignIn,
    async ({ body, requestId, request, reply }) => {
      const heldToken = cookies.read(request.headers.cookie, 'account')
      const signedIn = await roomCodes.signIn({ ...body, heldToken, requestId })
      const { visitId, me, token, lifeMs } = signedIn
      reply.header('set-cookie', cookies.keep('account', token, lifeMs))
      return { visitId, me }
    },
    { triesPerMinute: CODES_PER_MINUTE },
  )
}
