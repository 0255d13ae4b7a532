import { randomUUID } from 'node:crypto'
import type { OpenedPlay } from '@visavis/contract/http'
import { accountCookie } from '../rest/support/callers.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'

const REASON = { purpose: 'Review of a complaint', caseNumber: 'C-2026-17' }

/** The requests of one reviewer; `app` is another server on the same database, where there is one. */
export async function aReviewDesk(world: RestWorld, place: Place, app = world.app) {
  const cookie = await accountCookie(world, place.accounts.investigator)
  const get = (url: string, headers: Record<string, string> = {}) =>
    app.inject({ url, headers: { cookie, ...headers } })
  const post = (url: string, payload: object) =>
    app.inject({
      method: 'POST',
      url,
      headers: { cookie, 'idempotency-key': randomUUID() },
      payload,
    })
  const tryOpen = (visitId: string) => post(`/api/recordings/${visitId}/plays`, REASON)
  const open = async (visitId: string): Promise<OpenedPlay> =>
    (await tryOpen(visitId)).json<OpenedPlay>()
  return { cookie, get, post, tryOpen, open }
}

export type ReviewDesk = Awaited<ReturnType<typeof aReviewDesk>>
