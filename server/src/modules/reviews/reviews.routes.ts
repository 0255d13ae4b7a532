import { routes } from '@visavis/contract/http'
import type { BindRoute } from '../../platform/bind-route.ts'
import { rangeHeadersOf } from '../../platform/byte-range.ts'
import { sendBytes } from '../../platform/send-bytes.ts'
import type { ActorByAccess } from '../identity/index.ts'
import type { Beside } from './beside.service.ts'
import type { Derivatives } from './derivatives.service.ts'
import type { Plays } from './plays.service.ts'
import type { Reading } from './reading.service.ts'
import type { Search } from './search.service.ts'

type Services = {
  readonly search: Search
  readonly plays: Plays
  readonly reading: Reading
  readonly beside: Beside
  readonly derivatives: Derivatives
  /** A copy was asked for. */
  readonly asked: () => void
}

/** Puts the routes on the server by which recordings are reviewed (RC-5). */
export function bindReviewRoutes(bind: BindRoute<ActorByAccess>, services: Services): void {
  const { search, plays } = services
  bind(routes.searchRecordings, ({ actor, body, requestId }) =>
    search(actor, { ...body, requestId }),
  )
  bind(
    routes.openPlay,
    ({ actor, params, body, requestId }) => plays.open(actor, { ...params, ...body, requestId }),
    { refusalOfBody: 'PURPOSE_REQUIRED' },
  )
  bind(routes.playAct, ({ actor, params, body, requestId }) =>
    plays.act(actor, params.playId, { ...body, requestId }),
  )
  bindMedia(bind, services)
  bindBeside(bind, services)
  bindDerivatives(bind, services)
}

function bindMedia(bind: BindRoute<ActorByAccess>, { reading }: Services): void {
  bind(routes.playTrack, async ({ actor, params, requestId, request, reply }) =>
    sendBytes(
      reply,
      await reading.track(actor, { ...params, requestId, range: rangeHeadersOf(request) }),
    ),
  )
  bind(routes.playThumbnail, async ({ actor, params, requestId, reply }) => {
    const picture = await reading.thumbnail(actor, { ...params, requestId })
    return reply.type('image/webp').header('cache-control', 'no-store').send(picture)
  })
}

function bindBeside(bind: BindRoute<ActorByAccess>, { beside }: Services): void {
  bind(routes.playWaveforms, ({ actor, params, requestId }) =>
    beside.waveforms(actor, { ...params, requestId }),
  )
  bind(routes.playTimeline, ({ actor, params, requestId }) =>
    beside.timeline(actor, { ...params, requestId }),
  )
  bind(routes.writeReviewNote, ({ actor, params, body, requestId, once }) =>
    once((tx) => beside.write(tx, actor, { ...params, ...body, requestId })),
  )
}

function bindDerivatives(bind: BindRoute<ActorByAccess>, { derivatives, asked }: Services): void {
  bind(routes.derivatives, ({ actor, params, requestId }) =>
    derivatives.list(actor, { ...params, requestId }),
  )
  bind(routes.askDerivative, async ({ actor, params, body, requestId, once }) => {
    const view = await once((tx) => derivatives.ask(tx, actor, { ...params, ...body, requestId }))
    asked()
    return view
  })
  bind(routes.readDerivative, async ({ actor, params, requestId, request, reply }) => {
    const range = rangeHeadersOf(request)
    return sendBytes(reply, await derivatives.read(actor, { ...params, requestId, range }))
  })
}
