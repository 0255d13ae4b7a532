import { insertProfessional } from '@visavis/prisma/seed'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SeatQuality } from '@visavis/contract/quality'
import type { LinesView, VisitSnapshot, WallVisit } from '@visavis/contract/visit'
import { until } from '../../support/until.ts'
import { aVisitWithPeople, bothInLobby } from './support/live-people.ts'
import { aLiveVisit, hangUp } from './support/live-visit.ts'
import { aLiveWorld } from './support/live-world.ts'
import type { LiveWorld } from './support/live-world.ts'
import { openSeatMedia } from './support/seat-media.ts'
import { connectWall } from './support/socket-client.ts'

type Lines = { readonly lines: LinesView }
type Figures = { readonly visitId: string; readonly seats: readonly SeatQuality[] }

const ALL_WELL = { isDataSaver: false, keepsPicture: false, step: 'LARGE' } as const

let world: LiveWorld
beforeAll(async () => {
  world = await aLiveWorld()
})
afterAll(() => world.close())

const notesOf = (visitId: string) =>
  world.db.timelineEntry.findMany({ where: { visitId, kind: 'QUALITY' }, orderBy: { at: 'asc' } })

async function makeLawyer(seatId: string): Promise<void> {
  const { visitorId } = await world.db.seat.findUniqueOrThrow({ where: { seatId } })
  if (visitorId === null) throw new Error('an inmate is no lawyer')
  await insertProfessional(world.db, { visitorId, state: 'VERIFIED', kind: 'LAWYER' })
  await world.db.relationship.updateMany({ where: { visitorId }, data: { kind: 'LAWYER' } })
}

describe('the quality of a visit', () => {
  it('[LV-9] is told to both sides in words, and each step down is noted', async () => {
    const visit = await aLiveVisit(world)
    const { people, visitor, inmate } = visit
    const { visitId, visitorSeatId, inmateSeatId } = people
    const good = ({ lines }: Lines) =>
      lines.connection === 'GOOD' && lines.others[0]?.connection === 'GOOD'
    await Promise.all([visitor.heard('visit:lines', good), inmate.heard('visit:lines', good)])
    await visitor.call('tellQuality', { ...ALL_WELL, step: 'VOICE' })
    const { lines } = await inmate.heard<Lines>(
      'visit:lines',
      (told) => told.lines.others[0]?.held === 'PICTURE',
    )
    expect(lines.others).toMatchObject([{ seatId: visitorSeatId, held: 'PICTURE' }])
    // The visitor gets the inmate's picture as before.
    const own = await visitor.heard<Lines>('visit:lines')
    expect(own.lines.others).toMatchObject([{ seatId: inmateSeatId, held: null }])
    await visitor.call('tellQuality', { ...ALL_WELL, step: 'VOICE' })
    const notes = await until(async () => {
      const found = await notesOf(visitId)
      return found.length > 0 ? found : null
    }, 'the note')
    expect(notes).toMatchObject([
      { seatId: visitorSeatId, detail: { direction: 'SEND', step: 'VOICE' } },
    ])
    hangUp(visit)
  })

  it('[LV-9] is what people wish: the data saver for one, the picture first for both', async () => {
    const people = await aVisitWithPeople(world)
    const { visitor, inmate } = await bothInLobby(world, people)
    await visitor.call('tellQuality', { ...ALL_WELL, isDataSaver: true, keepsPicture: true })
    const mine = await visitor.heard<VisitSnapshot>('visit:changed', ({ you }) => you.isDataSaver)
    expect(mine.keepsPicture).toBe(true)
    const theirs = await inmate.heard<VisitSnapshot>(
      'visit:changed',
      ({ keepsPicture }) => keepsPicture,
    )
    // EL-8: that somebody counts their megabytes is nobody else's business.
    expect(theirs.you.isDataSaver).toBe(false)
    visitor.close()
    inmate.close()
  })

  it('[OV-4] tells the wall that somebody signs, and what those who meet speak', async () => {
    const people = await aVisitWithPeople(world)
    const { visitId, facilityId, visitorSeatId, cookies } = people
    const { visitorId } = await world.db.seat.findUniqueOrThrow({
      where: { seatId: visitorSeatId },
      select: { visitorId: true },
    })
    await world.db.visitor.updateMany({
      where: { visitorId: visitorId ?? '' },
      data: { language: 'tt' },
    })
    const { visitor, inmate } = await bothInLobby(world, people)
    const wall = await connectWall(world, cookies.officer)
    const { visits } = await wall.call('open', { facilityId })
    const tile = visits.find((visit) => visit.visitId === visitId)
    expect(tile?.languages.toSorted()).toEqual(['en', 'tt'])
    expect(tile?.isSigned).toBe(false)
    await visitor.call('tellQuality', { ...ALL_WELL, keepsPicture: true })
    await wall.heard<WallVisit>('wall:changed', ({ isSigned }) => isSigned)
    for (const client of [visitor, inmate, wall]) client.close()
  })

  it('[OV-9] is seen in figures by the officer who has chosen the visit, a privileged one too', async () => {
    const people = await aVisitWithPeople(world, { visitClass: 'privileged' })
    const { visitId, facilityId, visitorSeatId, cookies } = people
    await makeLawyer(visitorSeatId)
    const { visitor, inmate, visitorJoined } = await bothInLobby(world, people)
    const media = await openSeatMedia(visitor, {
      ...{ seatId: visitorSeatId, visitId },
      ...visitorJoined.media,
    })
    const walls = [
      await connectWall(world, cookies.officer),
      await connectWall(world, cookies.secondOfficer),
    ] as const
    for (const wall of walls) await wall.call('open', { facilityId })
    const [chosen, other] = walls
    const watched = await chosen.call('watch', { visitIds: [], focusVisitId: visitId })
    expect(watched.refused).toMatchObject([{ visitId }])
    const { seats } = await chosen.heard<Figures>(
      'wall:quality',
      (told) => told.visitId === visitId && (told.seats[0]?.send.bps ?? 0) > 0,
    )
    expect(seats).toMatchObject([{ seatId: visitorSeatId, level: 'GOOD', send: { layers: 2 } }])
    expect(other.events.filter(([name]) => name === 'wall:quality')).toEqual([])
    media.close()
    for (const client of [visitor, inmate, ...walls]) client.close()
  })

  it('is told by nobody who has not joined', async () => {
    const people = await aVisitWithPeople(world)
    const { visitor, inmate } = await bothInLobby(world, people)
    await visitor.call('leave', {})
    expect(await visitor.ask('tellQuality', ALL_WELL)).toMatchObject({ code: 'NOT_JOINED' })
    visitor.close()
    inmate.close()
  })
})
