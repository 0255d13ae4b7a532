import { routes } from '@visavis/contract/http'
import type { ModuleGround } from '../../platform/module-ground.ts'
import { cancelSeries } from './series-ending.service.ts'
import { seriesIdOf } from './series-rules.ts'
import { seriesRepo } from './series.repo.ts'
import { createSeriesBooking } from './series.service.ts'
import type { SeriesAsk, SeriesDeps } from './series.service.ts'

/** Puts weekly series on the server (BK-11). */
export function addSeries(
  ground: ModuleGround,
  parts: Pick<SeriesDeps, 'booking' | 'timetable'>,
): void {
  const { bind } = ground
  const deps: SeriesDeps = { ...ground, ...parts, repo: seriesRepo }
  const series = createSeriesBooking(deps)
  bind(routes.bookSeries, ({ actor, body, once, requestId, request }) => {
    const key = String(request.headers['idempotency-key'])
    const seriesId = seriesIdOf({ actorId: actor.accountId, key, body })
    const ask: SeriesAsk = { actor, requestId, seriesId, wish: body }
    let occurrences: Awaited<ReturnType<typeof series.bookAll>> = []
    const before = async (): Promise<void> => {
      occurrences = await series.bookAll(ask)
    }
    return once((tx) => series.report(tx, ask, occurrences), { before })
  })
  bind(routes.cancelSeries, ({ actor, params, body, once, requestId }) => {
    const { seriesId } = params
    const ask = { actor, requestId, seriesId, reason: body.reason, from: new Date(body.from) }
    return once((tx) => cancelSeries(tx, ask, deps), deps.booking.retries)
  })
}
