import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertSmallWorld } from '@visavis/prisma/seed'
import { accountCookie } from '../rest/support/callers.ts'
import { aVisitWithPeople } from './support/live-people.ts'
import { aLiveWorld } from './support/live-world.ts'
import type { LiveWorld } from './support/live-world.ts'
import { connectWall } from './support/socket-client.ts'

const SECRET = 'Прошу отойти от окна'
const BOTH: ('VISITOR' | 'INMATE')[] = ['VISITOR', 'INMATE']

let world: LiveWorld
beforeAll(async () => {
  world = await aLiveWorld()
})
afterAll(() => world.close())

describe('where nobody may watch', () => {
  it('[OV-1] [OV-5] sound and speech are refused by the server', async () => {
    const { visitId, facilityId, cookies } = await aVisitWithPeople(world, {
      visitClass: 'privileged',
      startsInMs: 0,
    })
    await world.db.visitSession.update({ where: { visitId }, data: { state: 'LIVE' } })
    const wall = await connectWall(world, cookies.officer)
    await wall.call('open', { facilityId })
    const forbidden = { code: 'MEDIA_POLICY_FORBIDS' }
    expect(await wall.ask('mute', { visitId, party: 'VISITOR' })).toMatchObject(forbidden)
    expect(await wall.ask('speak', { visitId })).toMatchObject(forbidden)
    const text = { typed: SECRET, language: 'ru' }
    expect(await wall.ask('warn', { visitId, parties: BOTH, text })).toMatchObject({ ok: true })
    expect(await wall.ask('pause', { visitId, reason: 'OTHER' })).toMatchObject({ ok: true })
    wall.close()
  })
})

describe('the wrong moment', () => {
  it('[OV-5] before a visit has begun, and for whoever is no officer, there is none of it', async () => {
    const { visitId, facilityId, cookies } = await aVisitWithPeople(world)
    const wall = await connectWall(world, cookies.officer)
    await wall.call('open', { facilityId })
    const text = { typed: SECRET, language: 'ru' }
    const answers = [
      await wall.ask('warn', { visitId, parties: BOTH, text }),
      await wall.ask('mute', { visitId, party: 'VISITOR' }),
      await wall.ask('unmute', { visitId, party: 'VISITOR' }),
      await wall.ask('pause', { visitId, reason: 'OTHER' }),
      await wall.ask('keepPaused', { visitId }),
      await wall.ask('resumeVisit', { visitId }),
      await wall.ask('speak', { visitId }),
      await wall.ask('endVisit', { visitId, reason: 'OTHER' }),
    ]
    for (const answer of answers) expect(answer).toMatchObject({ code: 'VISIT_WRONG_STATE' })
    expect(await world.db.intervention.count({ where: { visitId } })).toBe(0)
    for (const cookie of [cookies.visitor, cookies.inmate]) {
      await expect(connectWall(world, cookie)).rejects.toThrow()
    }
    wall.close()
  })

  it('[OV-5] an officer who cannot be heard is told to nobody', async () => {
    const visitClass = 'official'
    const people = await aVisitWithPeople(world, { visitClass, startsInMs: 0 })
    const { visitId, facilityId, cookies } = people
    await world.db.visitSession.update({ where: { visitId }, data: { state: 'LIVE' } })
    const wall = await connectWall(world, cookies.officer)
    await wall.call('open', { facilityId })
    await wall.call('mute', { visitId, party: 'INMATE' })
    await wall.call('unmute', { visitId, party: 'INMATE' })
    // The room has no place on any media node.
    expect(await wall.ask('speak', { visitId })).toMatchObject({ code: 'MEDIA_UNAVAILABLE' })
    expect(await world.db.intervention.count({ where: { visitId, endedAt: null } })).toBe(0)
    wall.close()
  })
})

describe('another facility', () => {
  it('[TR-3] an officer of another facility has none of it, whatever the visit does', async () => {
    const { visitId } = await aVisitWithPeople(world)
    const elsewhere = await insertSmallWorld(world.db)
    const cookie = await accountCookie(world as never, elsewhere.officerAccount.accountId)
    const wall = await connectWall(world, cookie)
    await wall.call('open', { facilityId: elsewhere.facility.facilityId })
    const text = { typed: SECRET, language: 'ru' }
    const answers = [
      await wall.ask('warn', { visitId, parties: BOTH, text }),
      await wall.ask('mute', { visitId, party: 'VISITOR' }),
      await wall.ask('unmute', { visitId, party: 'VISITOR' }),
      await wall.ask('pause', { visitId, reason: 'OTHER' }),
      await wall.ask('keepPaused', { visitId }),
      await wall.ask('obstacle', { visitId }),
      await wall.ask('speak', { visitId }),
      await wall.ask('endSpeech', { visitId }),
    ]
    for (const answer of answers) expect(answer).toMatchObject({ code: 'VISIT_NOT_FOUND' })
    wall.close()
  })
})
