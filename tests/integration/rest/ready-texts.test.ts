import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ReadyTextView } from '@visavis/contract/http'
import { entriesOf } from './support/audit-log.ts'
import { accountCookie } from './support/callers.ts'
import { aPlace } from './support/people-and-places.ts'
import type { Place } from './support/people-and-places.ts'
import { aRestWorld } from './support/rest-world.ts'
import type { RestWorld } from './support/rest-world.ts'

const OWN = { en: 'Please stand up.', ru: 'Пожалуйста, встаньте.' }
const CHANGED = { en: 'Please sit down.', ru: 'Пожалуйста, сядьте.' }

let world: RestWorld
let place: Place
let elsewhere: Place
beforeAll(async () => {
  world = await aRestWorld()
  place = await aPlace(world)
  elsewhere = await aPlace(world)
})
afterAll(() => world.close())

async function asked(
  who: { place: Place; role: 'officer' | 'facilityAdmin' },
  method: 'GET' | 'POST' | 'PUT',
  given: { path?: string; payload?: object; key?: string } = {},
) {
  const cookie = await accountCookie(world, who.place.accounts[who.role])
  const { path = '', payload, key = randomUUID() } = given
  const answer = await world.app.inject({
    method,
    url: `/api/ready-texts${path}`,
    headers: { cookie, origin: world.config.publicOrigin, 'idempotency-key': key },
    ...(payload ? { payload } : {}),
  })
  return { status: answer.statusCode, body: answer.json<never>() as unknown }
}

const textsAt = async (at: Place): Promise<ReadyTextView[]> => {
  const { body } = await asked({ place: at, role: 'officer' }, 'GET')
  return (body as { readyTexts: ReadyTextView[] }).readyTexts
}
const admin = () => ({ place, role: 'facilityAdmin' as const })

describe('the ready texts of a facility', () => {
  it('[OV-5] are ours at first, in every language of the pages', async () => {
    const texts = await textsAt(place)
    expect(texts.length).toBeGreaterThan(5)
    for (const { isOurs, texts: words } of texts) {
      expect({ isOurs, languages: Object.keys(words) }).toEqual({
        isOurs: true,
        languages: ['en', 'ru'],
      })
    }
  })

  it('[OV-5] [TR-1] are added, changed and taken away by the administrator, for this facility only, and noted', async () => {
    const [ours] = await textsAt(place)
    const { readyTextId = '', version = -1 } = ours ?? {}
    const added = await asked(admin(), 'POST', { payload: { kind: 'WARN', texts: OWN } })
    expect(added).toMatchObject({ status: 200, body: { texts: OWN, isOurs: false } })
    const change = { path: `/${readyTextId}`, payload: { texts: CHANGED, version } }
    expect(await asked(admin(), 'PUT', change)).toMatchObject({ status: 200 })
    // Somebody who has seen the words before changes nothing.
    expect(await asked(admin(), 'PUT', change)).toMatchObject({ body: { code: 'VERSION_CHANGED' } })
    const now = await textsAt(place)
    expect(now[0]).toMatchObject({ readyTextId, texts: CHANGED, isOurs: false, version: 1 })
    expect(now.at(-1)).toMatchObject({ texts: OWN })
    const gone = { path: `/${readyTextId}/retirement`, payload: { version: 1 } }
    expect(await asked(admin(), 'POST', gone)).toMatchObject({ status: 200 })
    expect(await asked(admin(), 'POST', gone)).toMatchObject({ body: { code: 'NOT_FOUND' } })
    expect((await textsAt(place)).map((text) => text.readyTextId)).not.toContain(readyTextId)
    expect((await textsAt(elsewhere))[0]).toEqual(ours)
    const acts = (await entriesOf(world.db, place.facilityId)).map(({ action }) => action)
    expect(acts.filter((action) => action.startsWith('readyText'))).toEqual([
      'readyText.add',
      'readyText.change',
      'readyText.retire',
    ])
  })

  it('[OV-5] need every language, and few words', async () => {
    const { facilityId } = place
    const before = await world.db.readyText.count({ where: { facilityId } })
    for (const texts of [{ en: OWN.en }, { ...OWN, ru: 'ж'.repeat(201) }, { ...OWN, en: ' ' }]) {
      const answer = await asked(admin(), 'POST', { payload: { kind: 'WARN', texts } })
      expect(answer).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } })
    }
    expect(await world.db.readyText.count({ where: { facilityId } })).toBe(before)
  })

  it('[TR-3] of another facility cannot be changed', async () => {
    const added = await asked(admin(), 'POST', { payload: { kind: 'WARN', texts: OWN } })
    const { readyTextId } = added.body as ReadyTextView
    const stranger = { place: elsewhere, role: 'facilityAdmin' as const }
    const change = { path: `/${readyTextId}`, payload: { texts: CHANGED, version: 0 } }
    expect(await asked(stranger, 'PUT', change)).toMatchObject({ body: { code: 'NOT_FOUND' } })
  })
})
