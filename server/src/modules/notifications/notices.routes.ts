import { Refusal } from '@visavis/contract/errors'
import { routes } from '@visavis/contract/http'
import type { BindRoute } from '../../platform/bind-route.ts'
import type { ActorByAccess } from '../identity/index.ts'
import type { ListsService } from './lists.service.ts'
import { readMessages } from './message-folder.ts'
import type { TerminalNotices } from './terminal-notices.service.ts'

type Ends = {
  readonly lists: ListsService
  readonly terminal: TerminalNotices
  /** The folder that anybody may read; null where messages are really sent, and in production. */
  readonly openFolder: string | null
}

/** Binds the routes of notices. */
export function bindNoticeRoutes(bind: BindRoute<ActorByAccess>, ends: Ends): void {
  const { lists, terminal, openFolder } = ends
  bind(routes.notices, ({ actor, query }) => lists.notices(actor, query))
  bind(routes.movements, ({ actor, query }) => lists.movements(actor, query))
  bind(routes.terminalNotices, ({ actor }) => terminal.list(actor))
  bind(routes.readNotice, ({ actor, params, once, requestId }) =>
    once((tx) => terminal.read(tx, params.noticeId, { actor, requestId })),
  )
  bind(routes.acknowledgeVisit, ({ actor, params, once, requestId }) =>
    once((tx) => terminal.acknowledge(tx, params.visitId, { actor, requestId })),
  )
  bind(routes.mailFolder, async ({ query }) => {
    if (openFolder === null) throw new Refusal('NOT_FOUND')
    return { messages: await readMessages(openFolder, query.limit) }
  })
}
