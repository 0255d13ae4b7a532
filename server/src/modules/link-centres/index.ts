import type { ModuleGround } from '../../platform/module-ground.ts'
import type { Policy } from '../policy/index.ts'
import type { ReceiptReading } from '../receipts/index.ts'
import { createTimeline } from '../timeline/index.ts'
import { createHelpDesk } from '../visits/index.ts'
import { createCentresRepo } from './centres.repo.ts'
import { createCentresService } from './centres.service.ts'
import { createDeskVisits } from './desk-visits.ts'
import { createDeskRepo } from './desk.repo.ts'
import { createDeskService } from './desk.service.ts'
import { bindLinkCentreRoutes } from './link-centres.routes.ts'
import { createReceiptsRepo } from './receipts.repo.ts'
import { createReceiptsService } from './receipts.service.ts'
import { roomCodesRepo } from './room-codes.repo.ts'
import { createRoomCodesService } from './room-codes.service.ts'

/** Puts link centres, the host's desk and their room devices on the server. */
export function addLinkCentres(
  ground: ModuleGround,
  { policy, statements }: { readonly policy: Policy; readonly statements: ReceiptReading },
): void {
  const { db } = ground
  const repo = createDeskRepo(db)
  const visits = createDeskVisits({ ...ground, repo, policy })
  const centres = createCentresService({ ...ground, repo: createCentresRepo(db) })
  bindLinkCentreRoutes(ground.bind, {
    centres,
    desk: createDeskService({ ...ground, repo, visits, centres, help: createHelpDesk(ground) }),
    roomCodes: createRoomCodesService({ ...ground, codes: roomCodesRepo, repo, visits }),
    receipts: createReceiptsService({
      ...{ ...ground, statements, timeline: createTimeline(db) },
      repo: createReceiptsRepo(db),
    }),
    identity: ground.identity,
  })
}
