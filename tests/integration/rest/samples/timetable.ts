import { createHash } from 'node:crypto'
import type { RouteBody, timetableRoutes } from '@visavis/contract/http'
import { insertBlackout, insertTemplate } from '@visavis/prisma/seed'
import type { SampleMaker, SampleWorld } from './sample.ts'

const DAY_MS = 86_400_000
/** Nobody is affected. */
const NOBODY = createHash('sha256').digest('hex')

/** A template as a page would send it: every Tuesday at ten, for half an hour. */
export const TUESDAYS_AT_TEN: RouteBody<typeof timetableRoutes.addTemplate> = {
  name: 'Tuesdays at ten',
  weekday: 2,
  startMinute: 600,
  lengthMinutes: 30,
  everyWeeks: 1,
  validFrom: '2026-01-01',
  validTo: null,
  visitClass: 'social',
  bookingMode: 'INSTANT',
  capacity: 3,
  wings: [],
  excludedDates: [],
}

/** Samples of the routes of `contract/http/timetable`. */
export function timetableSamples({
  world,
  place,
}: SampleWorld): Record<keyof typeof timetableRoutes, SampleMaker> {
  const now = () => world().clock.now().getTime()
  // Of a terminal: the one scope that a facility's people and its operator share.
  const blackout = () => ({
    scope: 'TERMINAL' as const,
    terminalId: place().terminalId,
    startsAt: new Date(now() + 100 * DAY_MS).toISOString(),
    endsAt: new Date(now() + 101 * DAY_MS).toISOString(),
    reason: 'Repair of the screen',
  })
  return {
    timetable: async () => ({ query: { weekOf: new Date(now()).toISOString().slice(0, 10) } }),
    previewTemplate: async () => ({ payload: { templateId: null, template: TUESDAYS_AT_TEN } }),
    addTemplate: async () => ({ payload: TUESDAYS_AT_TEN }),
    changeTemplate: async () => {
      const { facilityId } = place()
      const { templateId, version } = await insertTemplate(world().db, { facilityId })
      const payload = { version, template: TUESDAYS_AT_TEN, affectedDigest: NOBODY }
      return { params: { templateId }, payload }
    },
    previewBlackout: async () => ({ payload: blackout() }),
    addBlackout: async () => ({ payload: { ...blackout(), affectedDigest: NOBODY } }),
    liftBlackout: async () => {
      const { terminalId } = place()
      const { blackoutId } = await insertBlackout(world().db, { scope: 'TERMINAL', terminalId })
      return { params: { blackoutId } }
    },
  }
}
