import type { Browser } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { createCleanUp } from '../support/clean-up.ts'
import { KNOWN_INMATE, KNOWN_VISITOR } from '../support/known-media.ts'
import type { KnownPerson } from '../support/known-media.ts'
import { useMediaNode } from '../support/media-node-fixture.ts'
import { anEmptyRoom } from '../support/media-node-host.ts'
import type { EmptyRoom, FactChanges } from '../support/media-node-host.ts'
import { openMediaPage, serveMediaPage, streamsOf } from '../support/media-page/media-page.ts'
import type { MediaPage } from '../support/media-page/media-page.ts'
import { behave } from '../support/officers.ts'
import { until } from '../support/until.ts'

const fixture = useMediaNode()
const { control, later } = fixture
const cleanUp = createCleanUp()

let origin = ''
let ofVisitor: Browser
let ofInmate: Browser
beforeAll(async () => {
  origin = cleanUp.later(await serveMediaPage(), ({ close }) => close()).origin
  ofVisitor = cleanUp.later(await openBrowser(KNOWN_VISITOR), (browser) => browser.close())
  ofInmate = cleanUp.later(await openBrowser(KNOWN_INMATE), (browser) => browser.close())
})
afterAll(cleanUp.run)

type PageRoom = EmptyRoom & { readonly visitor: MediaPage; readonly inmate: MediaPage }

/** A room with a browser at either side, both sending. */
async function aRoomOfPages(changes: FactChanges = {}): Promise<PageRoom> {
  const room = await anEmptyRoom(control(), changes)
  const { visitId, router, seats } = room
  later(() => control().call('closeRoom', { visitId }))
  const open = async (browser: Browser, peerId: string): Promise<MediaPage> => {
    const who = { router, peerId, visitId }
    const page = await openMediaPage(browser, { origin, control: control(), who })
    later(() => page.close())
    await page.publish()
    return page
  }
  const visitor = await open(ofVisitor, seats.visitor)
  return { ...room, visitor, inmate: await open(ofInmate, seats.inmate) }
}

const askStill = ({ visitId }: EmptyRoom, seatId: string, known?: string) =>
  control().call('getStill', { visitId, seatId, ...(known === undefined ? {} : { known }) })

const stillOf = (room: EmptyRoom, seatId: string) =>
  until(() => askStill(room, seatId).catch(() => null), 'a still')

/** Which colour stands out on the left of a picture, where no bar is most of the time. */
async function dominantIn(picture: Uint8Array | null): Promise<KnownPerson['dominant']> {
  const image = sharp(picture ?? new Uint8Array())
  const { channels } = await image.stats()
  const means = channels.map(({ mean }) => mean)
  return (['red', 'green', 'blue'] as const)[means.indexOf(Math.max(...means))] ?? 'red'
}

describe('[OV-4] stills', () => {
  it('are the pictures of those who may be seen, and are gone with them', async () => {
    // The visitor is looked at, and nobody else gets them yet (LV-3).
    const room = await aRoomOfPages({ state: 'ID_CHECK', visitorState: 'CHECKING' })
    const { seats } = room
    const ofVisitor = await stillOf(room, seats.visitor)
    const ofInmate = await stillOf(room, seats.inmate)
    expect(await dominantIn(ofVisitor.picture)).toBe(KNOWN_VISITOR.dominant)
    expect(await dominantIn(ofInmate.picture)).toBe(KNOWN_INMATE.dominant)
    const { version, picture } = await askStill(room, seats.inmate)
    expect(await sharp(picture ?? new Uint8Array()).metadata()).toMatchObject({
      ...{ format: 'webp', width: 320, height: 180 },
    })
    const again = await askStill(room, seats.inmate, version)
    expect(again.picture === null).toBe(again.version === version)
    const newer = await until(async () => {
      const still = await askStill(room, seats.inmate, version)
      return still.picture ? still : null
    }, 'a newer still')
    expect(newer.version).not.toBe(version)
    await room.say({ state: 'LOBBY', visitorState: 'WAITING' })
    await expect(askStill(room, seats.visitor)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(askStill(room, seats.inmate)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('[OV-4] levels', () => {
  it('[OV-2] are told of those who may be heard, and never of a visit that may only be seen', async () => {
    const heard = new Map<string, number>()
    control().on('room:levels', ({ visits }) => {
      for (const { visitId, seats } of visits) {
        for (const { seatId, level } of seats) heard.set(`${visitId} ${seatId}`, level)
      }
    })
    const policy = { monitor: 'SIGHT_ONLY', isRecorded: false } as const
    const [audible, silent] = await Promise.all([
      aRoomOfPages(),
      aRoomOfPages({ visitClass: 'official', policy }),
    ])
    // A tone of two fifths of the loudest; a microphone needs a moment to get there.
    const isLoud = (level: number) => level > -30 && level < 0
    await until(() => {
      const levels = Object.values(audible.seats).map((seatId) =>
        heard.get(`${audible.visitId} ${seatId}`),
      )
      return levels.every((level) => isLoud(level ?? -127)) ? levels : null
    }, 'the levels of both people')
    await stillOf(silent, silent.seats.visitor)
    expect([...heard.keys()].filter((key) => key.startsWith(silent.visitId))).toEqual([])
    expect([...heard.keys()].filter((key) => key.startsWith(audible.visitId)).length).toBe(2)
  })
})

type Sent = {
  readonly pli: number
  readonly fir: number
  readonly keyFrames: number
  readonly frames: number
  readonly bytes: number
  readonly shape: string
}

/** What a page sends, layer by layer, by its own statistics. */
async function sentBy({ page }: MediaPage): Promise<Map<string, Sent>> {
  const streams = await streamsOf(page, 'outbound-rtp')
  return new Map(
    streams.map((stream) => {
      const count = (name: string) => Number(stream[name] ?? 0)
      const { frameWidth, frameHeight, active, scalabilityMode } = stream
      // What a busy machine takes away says nothing of officers.
      const isNarrow = stream['qualityLimitationReason'] === 'bandwidth'
      const sent = {
        ...{ pli: count('pliCount'), fir: count('firCount'), bytes: count('bytesSent') },
        ...{ keyFrames: count('keyFramesEncoded'), frames: count('framesEncoded') },
        shape: [frameWidth, frameHeight, active, scalabilityMode, isNarrow].join(),
      }
      return [String(stream['rid']), sent]
    }),
  )
}

/** What a page sent, and was asked for, until so many new stills of it were there: one comes with each beat. */
async function through(
  { party, seatId, room }: { party: MediaPage; seatId: string; room: EmptyRoom },
  stills: number,
  meanwhile: (isEnough: () => Promise<boolean>) => Promise<unknown>,
) {
  const { version } = await askStill(room, seatId)
  const before = await sentBy(party)
  const seen = new Set([version])
  await meanwhile(async () => {
    seen.add((await askStill(room, seatId)).version)
    return seen.size > stills
  })
  const after = await sentBy(party)
  return [...after].map(([rid, sent]) => {
    const was = before.get(rid)
    const grown = (name: keyof Omit<Sent, 'shape'>) => sent[name] - (was?.[name] ?? 0)
    return {
      ...{ rid, shape: sent.shape, pli: grown('pli'), fir: grown('fir') },
      keyFrames: grown('keyFrames'),
      bytesPerFrame: grown('bytes') / Math.max(1, grown('frames')),
    }
  })
}

describe('[OV-3] what a browser can find out about itself', () => {
  it('is the same with five officers who come, choose, scroll and go as with none', async () => {
    const room = await aRoomOfPages()
    const seen = { room, party: room.visitor, seatId: room.seats.visitor }
    await stillOf(room, seen.seatId)
    const hasBoth = async () =>
      [...(await sentBy(room.visitor)).values()].every(({ frames }) => frames > 0)
    const beats = (count: number, isReady = async () => true) =>
      through(seen, count, (isEnough) =>
        until(async () => ((await isReady()) && (await isEnough()) ? true : null), 'the beats'),
      )
    // The first beats and the browser's own beginning are over.
    await beats(3, hasBoth)
    const before = await beats(2)
    const watched = await through(seen, 2, (isEnough) => behave(room, fixture, isEnough))
    const after = await beats(1)
    for (const layers of [before, watched]) {
      // A busy machine's browser may leave the better layer out, which is not asked for then.
      expect(Math.max(...layers.map(({ pli }) => pli))).toBeGreaterThanOrEqual(1)
    }
    for (const { pli, fir, keyFrames } of [...before, ...watched]) {
      expect(fir).toBe(0)
      // One a beat; one more for each end, and for a browser that did not answer within a second.
      expect(pli).toBeLessThanOrEqual(5)
      expect(keyFrames).toBeLessThanOrEqual(5)
    }
    for (const [at, layer] of watched.entries()) {
      // An encoder settles by itself: what it does with officers it does without, before or after.
      const alone = [before[at], after[at]].flatMap((each) => each ?? [])
      expect(alone.map(({ shape }) => shape)).toContain(layer.shape)
      const bytes = alone.map(({ bytesPerFrame }) => bytesPerFrame)
      expect(layer.bytesPerFrame).toBeGreaterThan(Math.min(...bytes) / 2)
      expect(layer.bytesPerFrame).toBeLessThan(Math.max(...bytes) * 2)
    }
  })
})
