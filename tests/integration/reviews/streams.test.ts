import type { AddressInfo } from 'node:net'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { listenToQueries } from '../../support/round-trips.ts'
import { aKeptVisit } from '../rest/support/kept-visit.ts'
import { MINUTE_MS, aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { damage } from '../rest/support/recorded-visit.ts'
import type { RecordedVisit } from '../rest/support/recorded-visit.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { aReviewDesk } from './review-desk.ts'
import type { ReviewDesk } from './review-desk.ts'

const MEGABYTE = 1024 * 1024
/** A picture of some minutes; nothing in it repeats. */
const TRACK = randomBytes(24 * MEGABYTE)
const SEALED_CHUNK = 16 * 1024 + 16

let world: RestWorld
let place: Place
let recorded: RecordedVisit
let desk: ReviewDesk
let origin: string
let asked: string[]

beforeAll(async () => {
  asked = listenToQueries()
  world = await aRestWorld()
  place = await aPlace(world)
  recorded = await aKeptVisit(world, place, { track: TRACK })
  desk = await aReviewDesk(world, place)
  await world.app.listen({ host: '127.0.0.1', port: 0 })
  origin = `http://127.0.0.1:${(world.app.server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await world.close()
  vi.restoreAllMocks()
})

const trackUrl = async (of = recorded): Promise<string> => {
  const { playId } = await desk.open(of.visitId)
  return `${origin}/api/plays/${playId}/tracks/${of.trackId}`
}
const read = (url: string, range?: string): Promise<Response> =>
  fetch(url, { headers: { cookie: desk.cookie, ...(range === undefined ? {} : { range }) } })

/** What comes of an answer, and whether it ended as it was announced. */
async function drain(answer: Response): Promise<{ bytes: Buffer; isWhole: boolean }> {
  const pieces: Uint8Array[] = []
  try {
    for await (const piece of answer.body ?? []) pieces.push(piece)
    return { bytes: Buffer.concat(pieces), isWhole: true }
  } catch {
    return { bytes: Buffer.concat(pieces), isWhole: false }
  }
}

describe('[RC-5] a track over the network', () => {
  it('is answered in parts that each have their entry, however much was asked for', async () => {
    const url = await trackUrl()
    const answer = await read(url, 'bytes=1000-')
    expect(answer.status).toBe(206)
    const end = 1_000 + 4 * MEGABYTE - 1
    expect(answer.headers.get('content-range')).toBe(`bytes 1000-${end}/${TRACK.length}`)
    const { bytes } = await drain(answer)
    expect(bytes.equals(TRACK.subarray(1_000, end + 1))).toBe(true)
  })

  it('is whole, byte by byte, without a range', async () => {
    const { bytes, isWhole } = await drain(await read(await trackUrl()))
    expect(isWhole && bytes.equals(TRACK)).toBe(true)
  })

  it('ends at a damaged chunk, before its first byte', async () => {
    const broken = await aKeptVisit(world, place, { track: TRACK })
    const chunk = 700
    const url = await trackUrl(broken)
    const at = 56 + chunk * SEALED_CHUNK + 5
    await damage(world, `${broken.folder}/${broken.trackId}.webm.sealed`, at)
    const { bytes, isWhole } = await drain(await read(url))
    expect(isWhole).toBe(false)
    expect(bytes.length).toBeLessThanOrEqual(chunk * 16 * 1024)
    expect(bytes.equals(TRACK.subarray(0, bytes.length))).toBe(true)
    // What comes after it is as good as ever, and found out without what is before it.
    const after = await drain(await read(url, `bytes=${(chunk + 1) * 16 * 1024}-`))
    expect(after.isWhole).toBe(true)
  })

  it('goes on for no longer than the hour, whoever still reads', async () => {
    const url = await trackUrl()
    const answer = await read(url)
    const reader = answer.body?.getReader()
    const first = await reader?.read()
    expect(first?.done).toBe(false)
    world.clock.advance(60 * MINUTE_MS)
    let bytes = 0
    const rest = (async () => {
      for (;;) {
        const piece = await reader?.read()
        if (!piece || piece.done) return
        bytes += (piece.value as Uint8Array).length
      }
    })()
    await expect(rest).rejects.toThrow()
    expect(bytes).toBeLessThan(TRACK.length)
    desk = await aReviewDesk(world, place)
  })

  it('asks the database once what it is and whose, and sees at once that it is no more', async () => {
    const kept = await aKeptVisit(world, place)
    const url = await trackUrl(kept)
    // Opens the key as well, which has its own entry.
    expect((await read(url, 'bytes=0-9')).status).toBe(206)
    asked.length = 0
    expect((await read(url, 'bytes=20-29')).status).toBe(206)
    const aboutThePlay = asked.filter((text) => /play_session|recording_track/.test(text))
    expect(aboutThePlay).toHaveLength(1)
    const destroyed = { destroyedAt: new Date() }
    await world.db.recording.updateMany({ where: { visitId: kept.visitId }, data: destroyed })
    const refused = await read(url, 'bytes=40-49')
    expect(await refused.json()).toMatchObject({ code: 'RECORDING_DESTROYED' })
  })

  it('is found at any place without what lies before it', async () => {
    const url = await trackUrl()
    for (let turn = 0; turn < 40; turn += 1) {
      const from = Math.floor(Math.random() * (TRACK.length - 65_536))
      const { bytes } = await drain(await read(url, `bytes=${from}-${from + 65_535}`))
      expect(bytes.equals(TRACK.subarray(from, from + 65_536))).toBe(true)
    }
  })
})
