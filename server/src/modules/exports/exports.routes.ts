import { routes } from '@visavis/contract/http'
import type { BindRoute } from '../../platform/bind-route.ts'
import { rangeHeadersOf } from '../../platform/byte-range.ts'
import { sendBytes } from '../../platform/send-bytes.ts'
import type { ActorByAccess } from '../identity/index.ts'
import type { Exports } from './exports.service.ts'

/** Puts the routes of exports on the server (RC-6). */
export function bindExportRoutes(bind: BindRoute<ActorByAccess>, exports_: Exports): void {
  bind(routes.exports, ({ actor, query }) => exports_.list(actor, query))
  bind(routes.askExport, ({ params, body, ...call }) => exports_.ask(params.visitId, body, call))
  bind(routes.decideExport, ({ params, body, ...call }) =>
    exports_.decide(params.exportId, body, call),
  )
  bind(routes.takeBackExport, ({ params, ...call }) => exports_.takeBack(params.exportId, call))
  bind(routes.downloadExport, async ({ params: { exportId }, request, reply, ...call }) => {
    const range = rangeHeadersOf(request)
    const answered = await exports_.download(exportId, { ...call, range })
    return sendBytes(reply, answered, { saveAs: `export-${exportId}.zip` })
  })
}
