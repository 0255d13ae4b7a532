import { DateTime } from 'luxon'
import { affectedDigestOf } from '../../../server/src/modules/timetable/impact.service.ts'
import type { Role, RouteBody, RouteReply, timetableRoutes } from '@visavis/contract/http'
import type { Tx } from '@visavis/prisma'
import { insertInmate, insertTerminal, insertVisit, insertVisitor } from '@visavis/prisma/seed'
import type { GivenVisit } from '@visavis/prisma/seed'
import { TUESDAYS_AT_TEN } from '../rest/samples/timetable.ts'
import { accountCookie } from '../rest/support/callers.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'

export type TemplateBody = RouteBody<typeof timetableRoutes.addTemplate>
export type Template = RouteReply<typeof timetableRoutes.addTemplate>
export type Impact = RouteReply<typeof timetableRoutes.previewTemplate>
export type Week = RouteReply<typeof timetableRoutes.timetable>
export type Blackout = RouteReply<typeof timetableRoutes.addBlackout>

/** The code of a refusal. */
/** The digest of a list of affected visits; of nobody, unless told. */
export { affectedDigestOf }

export const codeOf = (answer: { json: () => unknown }) => (answer.json() as { code: string }).code

export const DAY_MS = 86_400_000
export const ZONE = 'Asia/Krasnoyarsk'
/** Far enough from today that there are five such days up to the horizon, whenever the test runs. */
const DAYS_TO_SESSION = 3

/** The ISO weekday of the sessions, and the one after it. */
export function sessionDays(now: Date): { readonly first: number; readonly next: number } {
  const first = DateTime.fromJSDate(now, { zone: ZONE }).plus({ days: DAYS_TO_SESSION })
  return { first: first.weekday, next: first.plus({ days: 1 }).weekday }
}

/** A facility (in Krasnoyarsk) whose timetable is tested, with requests by its people. */
export async function aTimetableWorld() {
  const world = await aRestWorld()
  const place = await aPlace(world)
  const days = sessionDays(world.clock.now())
  return { ...world, days, place, ...requestsOf(world, place), ...rowsOf(world) }
}
export type TimetableWorld = Awaited<ReturnType<typeof aTimetableWorld>>

/** What an account of that role at a place asks for. */
export function requestsOf(world: RestWorld, place: Place) {
  const send = async (
    role: Role,
    method: 'GET' | 'POST' | 'PUT',
    [url, payload]: [string, object?],
  ) =>
    world.app.inject({
      method,
      url,
      headers: {
        cookie: await accountCookie(world, place.accounts[role]),
        'idempotency-key': crypto.randomUUID(),
      },
      ...(payload === undefined ? {} : { payload }),
    })
  const post = (url: string, payload: object, role: Role = 'scheduler') =>
    send(role, 'POST', [url, payload])
  const fresh = { ...TUESDAYS_AT_TEN, weekday: sessionDays(world.clock.now()).first }
  return {
    post,
    addTemplate: (changes: Partial<TemplateBody> = {}) =>
      post('/api/session-templates', { ...fresh, ...changes }),
    preview: (template: Template | null, changes: Partial<TemplateBody>) =>
      post('/api/session-templates/preview', {
        templateId: template?.templateId ?? null,
        template: { ...(template === null ? fresh : bodyOf(template)), ...changes },
      }),
    change: (
      template: Template,
      changes: Partial<TemplateBody>,
      visitIds: readonly string[] = [],
    ) => {
      const { templateId, version } = template
      const affectedDigest = affectedDigestOf(visitIds)
      const payload = { version, template: { ...bodyOf(template), ...changes }, affectedDigest }
      return send('scheduler', 'PUT', [`/api/session-templates/${templateId}`, payload])
    },
    lift: (blackoutId: string, role: Role = 'scheduler') =>
      send(role, 'POST', [`/api/blackouts/${blackoutId}/lifting`]),
    week: async (date: Date, role: Role = 'officer') => {
      const weekOf = date.toISOString().slice(0, 10)
      return (await send(role, 'GET', [`/api/timetable?weekOf=${weekOf}`])).json<Week>()
    },
  }
}

/** A stored template as a page would send it back. */
export function bodyOf(template: Template): TemplateBody {
  const own = ['templateId', 'version']
  const fields = Object.entries(template).filter(([field]) => !own.includes(field))
  return Object.fromEntries(fields) as TemplateBody
}

/** Rows of the timetable, on the database or in a transaction. */
export function rowsOf({ db }: { readonly db: Tx }) {
  return {
    slotsOf: (templateId: string) =>
      db.slot.findMany({ where: { templateId }, orderBy: { startsAt: 'asc' } }),
    openTasks: (facilityId: string) =>
      db.task.findMany({ where: { facilityId, kind: 'REBOOK_VISIT', state: 'OPEN' } }),
    /** A booked visit in a slot, with a terminal and people of its own. */
    visitIn: async (
      slot: { slotId: string; facilityId: string; startsAt: Date; endsAt: Date },
      { wing = 'A', ...given }: Partial<GivenVisit> & { wing?: string } = {},
    ) => {
      const { slotId, facilityId, startsAt, endsAt } = slot
      const { inmateId } = await insertInmate(db, { facilityId, wing })
      const { terminalId } = await insertTerminal(db, { facilityId, wing })
      const { visitorId } = await insertVisitor(db)
      const people = { inmateId, terminalId, visitorIds: [visitorId] }
      const place = { slotId, slotPlace: 1, facilityId, startsAt, endsAt }
      return (await insertVisit(db, { ...people, ...place, ...given })).visit
    },
  }
}
