import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FacilitySettings, FacilitySettingsView } from '@visavis/contract/http'
import { entriesOf } from './support/audit-log.ts'
import { accountCookie } from './support/callers.ts'
import { aPlace } from './support/people-and-places.ts'
import type { Place } from './support/people-and-places.ts'
import { aRestWorld } from './support/rest-world.ts'
import type { RestWorld } from './support/rest-world.ts'

const MINUTE_MS = 60_000

let world: RestWorld
let place: Place
let elsewhere: Place
beforeAll(async () => {
  world = await aRestWorld()
  place = await aPlace(world)
  elsewhere = await aPlace(world)
})
afterAll(() => world.close())

async function asked(method: 'GET' | 'PUT', payload?: object, at = place) {
  const answer = await world.app.inject({
    method,
    url: '/api/facility/settings',
    headers: {
      cookie: await accountCookie(world, at.accounts.facilityAdmin),
      origin: world.config.publicOrigin,
      'idempotency-key': randomUUID(),
    },
    ...(payload ? { payload } : {}),
  })
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() }
}

const read = async (at = place): Promise<FacilitySettingsView> =>
  (await asked('GET', undefined, at)).body as never
async function changed(change: Partial<FacilitySettings>) {
  const { version, settings } = await read()
  return asked('PUT', { version, settings: { ...settings, ...change } })
}
const actsOf = async (at: Place) =>
  (await entriesOf(world.db, at.facilityId)).filter(
    ({ action }) => action === 'facility.setSettings',
  )

describe('the settings of a facility', () => {
  it('[TR-1] [TR-3] are changed by its administrator, for this facility only, with what they were in the log', async () => {
    const before = await read()
    const detectors = { ...before.settings.detectors, face: true }
    const saved = await changed({
      pauseAskMs: 7 * MINUTE_MS,
      detectors,
      registerMaxAgeMs: 3_600_000,
    })
    expect(saved).toMatchObject({
      status: 200,
      body: { version: before.version + 1, settings: { pauseAskMs: 7 * MINUTE_MS, detectors } },
    })
    expect((await read()).settings).toEqual({
      ...before.settings,
      ...{ pauseAskMs: 7 * MINUTE_MS, detectors, registerMaxAgeMs: 3_600_000 },
    })
    expect((await read(elsewhere)).settings).toEqual(before.settings)
    expect(await actsOf(place)).toMatchObject([
      {
        detail: {
          pauseAskMs: { from: 5 * MINUTE_MS, to: 7 * MINUTE_MS },
          'detectors.face': { from: false, to: true },
          registerMaxAgeMs: { to: 3_600_000 },
        },
      },
    ])
    expect(await actsOf(elsewhere)).toEqual([])
  })

  it('are stored beside what is set elsewhere, and never over somebody else’s change', async () => {
    const { version, settings } = await read()
    const { facilityId } = place
    const stored = await world.db.facility.findUniqueOrThrow({ where: { facilityId } })
    const first = { ...settings, playsPerHour: 12 }
    expect(await asked('PUT', { version, settings: first })).toMatchObject({ status: 200 })
    const second = { ...settings, playsPerHour: 13 }
    expect(await asked('PUT', { version, settings: second })).toMatchObject({
      body: { code: 'VERSION_CHANGED' },
    })
    const { policy } = await world.db.facility.findUniqueOrThrow({ where: { facilityId } })
    expect(policy).toMatchObject({
      playsPerHour: 12,
      retentionDays: (stored.policy as { retentionDays?: unknown }).retentionDays ?? {},
    })
  })

  it('say nothing in the log where nothing was changed', async () => {
    const before = (await actsOf(place)).length
    const { version } = await read()
    expect(await changed({})).toMatchObject({ status: 200, body: { version } })
    expect(await actsOf(place)).toHaveLength(before)
  })

  it('[LV-11] [RC-5] out of bounds are refused with field and cure, and nothing is changed', async () => {
    const { version, settings } = await read()
    expect(await changed({ pauseAskMs: 61 * MINUTE_MS, playsPerHour: 0 })).toMatchObject({
      status: 400,
      body: {
        code: 'BAD_REQUEST',
        fields: [
          { field: 'pauseAskMs', cure: 'At most 60 minutes.' },
          { field: 'playsPerHour', cure: 'At least 1.' },
        ],
      },
    })
    expect(await asked('PUT', { version, settings: { ...settings, unheardOf: 1 } })).toMatchObject({
      body: { code: 'BAD_REQUEST' },
    })
    expect(await read()).toMatchObject({ version, settings })
  })

  it('[OV-1] [BK-9] beyond the law are refused, and the law is told', async () => {
    const { facilityId } = place
    await world.db.facility.update({ where: { facilityId }, data: { jurisdiction: 'GB-EAW' } })
    const { settings, law, jurisdiction } = await read()
    expect(jurisdiction).toBe('GB-EAW')
    expect(law).toMatchObject({ guaranteedVisitsPerFourWeeks: 2, minMonitor: 'SIGHT_ONLY' })
    const social = { monitor: 'NONE' as const, isRecorded: false }
    const media = { ...settings.media, social }
    const answer = await changed({ media, quota: { visits: 1, period: 'MONTH' } })
    expect(answer).toMatchObject({ status: 409, body: { code: 'LEGAL_LIMIT' } })
    expect(answer.body['fields']).toMatchObject([
      { field: 'quota.visits', cure: 'By law at least 2.' },
      { field: 'media.social.monitor' },
    ])
    expect((await read()).settings).toEqual(settings)
  })
})
