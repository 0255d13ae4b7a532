import { routes } from '@visavis/contract/http'
import type { BindRoute } from '../../platform/bind-route.ts'
import { rangeHeadersOf } from '../../platform/byte-range.ts'
import { sendBytes } from '../../platform/send-bytes.ts'
import type { ActorByAccess } from '../identity/index.ts'
import type { MyData } from './my-data.service.ts'

/** An archive takes seconds of a core; nobody needs one each minute. */
const ASKED_PER_MINUTE = 10

/** Puts the routes of own data on the server. */
export function bindMyDataRoutes(bind: BindRoute<ActorByAccess>, data: MyData): void {
  bind(routes.dataExports, async (call) => ({ exports: await data.list(call) }))
  bind(routes.askDataExport, ({ body, ...call }) => data.ask(body, call), {
    triesPerMinute: ASKED_PER_MINUTE,
  })
  bind(routes.dataExport, ({ params, ...call }) => data.one(params.exportId, call))
  bind(routes.removeDataExport, ({ params, ...call }) => data.remove(params.exportId, call))
  bind(routes.downloadDataExport, async ({ params: { exportId }, request, reply, ...call }) => {
    const answered = await data.download(exportId, { ...call, range: rangeHeadersOf(request) })
    return sendBytes(reply, answered, { saveAs: 'my-data.zip' })
  })
}
