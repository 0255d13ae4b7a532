import { expect, it } from 'vitest'
import { SyncedPlayback } from './synced-playback.ts'
import type { MediaElement } from './synced-playback.ts'
import { ToldPlayback } from './told-playback.ts'
import type { PlayDeed } from './told-playback.ts'

const LENGTH_MS = 60_000
const TRACK = { trackId: 'track', kind: 'video', startMs: 0, durationMs: LENGTH_MS } as const

/** Stands in for the browser's element, and notes what is done to it. */
function anElement(): MediaElement {
  return {
    currentTime: 0,
    duration: LENGTH_MS / 1000,
    ended: false,
    paused: true,
    playbackRate: 1,
    readyState: 4,
    seeking: false,
    play() {
      Object.assign(this, { paused: false })
      return Promise.resolve()
    },
    pause() {
      Object.assign(this, { paused: true })
    },
  }
}

type Asked = {
  readonly deed: PlayDeed
  readonly atMs: number
  answer: (isAllowed: boolean) => void
}

/** A playback whose server answers when the test says so. */
function aPlayback() {
  const asked: Asked[] = []
  const synced = new SyncedPlayback([TRACK], LENGTH_MS)
  const playback = new ToldPlayback(
    synced,
    (deed, atMs) => new Promise((answer) => asked.push({ deed, atMs, answer })),
  )
  const element = anElement()
  synced.attach(TRACK.trackId, element)
  const settle = async (isAllowed = true) => {
    await turn()
    asked.at(-1)?.answer(isAllowed)
    await turn()
  }
  return { asked, element, playback, synced, settle }
}

/** All that is due already has happened. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
const deedsOf = (asked: readonly Asked[]) => asked.map(({ deed, atMs }) => `${deed} ${atMs}`)

it('[RC-5] nothing plays before the server knows of it', async () => {
  const { asked, element, playback, settle } = aPlayback()
  void playback.play()
  await turn()
  expect(deedsOf(asked)).toEqual(['PLAY 0'])
  expect(element.paused).toBe(true)
  await settle()
  expect(element.paused).toBe(false)
})

it('[RC-5] nothing moves before the server knows of it, and the page shows where it will go', async () => {
  const { asked, element, playback, settle } = aPlayback()
  void playback.seek(10_000)
  await turn()
  expect(deedsOf(asked)).toEqual(['SEEK 10000'])
  expect(element.currentTime).toBe(0)
  expect(playback.getState()).toMatchObject({ positionMs: 0, aimMs: 10_000 })
  await settle()
  expect(element.currentTime).toBe(10)
  expect(playback.getState()).toMatchObject({ positionMs: 10_000, aimMs: null })
})

it('[RC-5] what the server forbids is not done', async () => {
  const { element, playback, settle } = aPlayback()
  void playback.play()
  await settle(false)
  void playback.seek(10_000)
  await settle(false)
  expect(element).toMatchObject({ paused: true, currentTime: 0 })
  expect(playback.getState().aimMs).toBeNull()
})

it('of many seeks in a row the first and the last are told, and the last counts', async () => {
  const { asked, element, playback, settle } = aPlayback()
  for (const placeMs of [1_000, 2_000, 3_000, 4_000]) void playback.seek(placeMs)
  await settle()
  void playback.step(5_000)
  await settle()
  await settle()
  expect(deedsOf(asked)).toEqual(['SEEK 4000', 'SEEK 9000'])
  expect(element.currentTime).toBe(9)
})

it('[RC-5] a stop is done at once and told after what was told before', async () => {
  const { asked, element, playback, settle } = aPlayback()
  void playback.play()
  await settle()
  playback.pause()
  expect(element.paused).toBe(true)
  await settle()
  expect(deedsOf(asked)).toEqual(['PLAY 0', 'STOP 0'])
})

it('[RC-5] the end of the line is a stop, and play begins anew from there', async () => {
  const { asked, element, playback, synced, settle } = aPlayback()
  void playback.play()
  await settle()
  synced.advance(LENGTH_MS)
  await settle()
  void playback.play()
  await settle()
  expect(deedsOf(asked)).toEqual(['PLAY 0', `STOP ${LENGTH_MS}`, 'PLAY 0'])
  expect(element).toMatchObject({ currentTime: 0, paused: false })
})

it('[RC-5] after its end it does nothing, whatever was on its way', async () => {
  const { asked, element, playback, settle } = aPlayback()
  void playback.play()
  await turn()
  playback.end()
  await settle()
  void playback.seek(5_000)
  await turn()
  expect(deedsOf(asked)).toEqual(['PLAY 0'])
  expect(element).toMatchObject({ paused: true, currentTime: 0 })
})

it('plays at the wished speed and waits for whoever lacks bytes', () => {
  const synced = new SyncedPlayback([TRACK], LENGTH_MS)
  const element = anElement()
  synced.attach(TRACK.trackId, element)
  synced.setSpeed(2)
  synced.play()
  synced.advance(100)
  expect(synced.getState().positionMs).toBe(200)
  Object.assign(element, { readyState: 1 })
  synced.advance(100)
  expect(synced.getState()).toMatchObject({ positionMs: 200, isWaiting: true })
})

it('[RC-5] knows which track does not show the place yet that it was sent to, and what it shows', () => {
  const { synced, element } = aPlayback()
  synced.seek(5_000)
  expect(synced.shownOnTheWay(TRACK.trackId)).toBeNull()
  Object.assign(element, { seeking: true, readyState: 1 })
  synced.seek(40_000)
  expect(synced.shownOnTheWay(TRACK.trackId)).toBe(5_000)
  // Sent on before it came there: it shows the same as before.
  synced.seek(50_000)
  expect(synced.shownOnTheWay(TRACK.trackId)).toBe(5_000)
  let told = 0
  synced.subscribe(() => (told += 1))
  synced.advance(16)
  expect(told).toBe(0)
  Object.assign(element, { seeking: false, readyState: 2 })
  synced.advance(16)
  expect(synced.shownOnTheWay(TRACK.trackId)).toBeNull()
  expect(told).toBe(1)
})
