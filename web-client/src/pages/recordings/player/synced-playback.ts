import { correctionOf, placeInTrack } from './playback-sync.ts'
import type { Pace, TrackKind, TrackSpan } from './playback-sync.ts'

export type PlaybackState = {
  readonly isPlaying: boolean
  /** Waits for bytes of a track; the line of time stands still for all. */
  readonly isWaiting: boolean
  readonly positionMs: number
  readonly lengthMs: number
  /** 1: as it was. */
  readonly speed: number
}

export type PlaybackTrack = TrackSpan & { readonly trackId: string; readonly kind: TrackKind }

type Place = { readonly trackId: string; readonly kind: TrackKind; readonly placeS: number }

/** What is used of a browser's media element. */
export type MediaElement = Pick<
  HTMLMediaElement,
  | 'currentTime'
  | 'duration'
  | 'ended'
  | 'pause'
  | 'paused'
  | 'play'
  | 'playbackRate'
  | 'readyState'
  | 'seeking'
>

/** `HTMLMediaElement.HAVE_CURRENT_DATA`: the element shows its place. */
const HAVE_CURRENT_DATA = 2
/** `HTMLMediaElement.HAVE_FUTURE_DATA`: the element can go on for at least a moment. */
const HAVE_FUTURE_DATA = 3
/** A file's own end may come this much before the end that its packets tell. In seconds. */
const END_S = 0.1

/**
 * Plays several media elements as one recording. The line of time belongs to no element: it runs by the
 * page's clock while every track that has something at its place is ready, and each element is drawn
 * towards it. So no track leads, none that ends early stops the others, and what lies between two epochs
 * passes in its own time.
 */
export class SyncedPlayback {
  readonly #tracks: readonly PlaybackTrack[]
  readonly #elements = new Map<string, MediaElement>()
  readonly #listeners = new Set<() => void>()
  /** Tracks whose element was sent to another place and has not come there yet. */
  readonly #onTheirWay = new Set<string>()
  #cameFromMs = 0
  #state: PlaybackState

  /** `lengthMs`: from the line's beginning to its end, in milliseconds. */
  constructor(tracks: readonly PlaybackTrack[], lengthMs: number) {
    this.#tracks = tracks
    this.#state = { isPlaying: false, isWaiting: false, positionMs: 0, lengthMs, speed: 1 }
  }

  getState(): PlaybackState {
    return this.#state
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Keeps the line of time running; gives back the way to stop it, and all sound with it. */
  run(): () => void {
    let lastMs = performance.now()
    const step = (nowMs: number) => {
      this.advance(nowMs - lastMs)
      lastMs = nowMs
      frame = requestAnimationFrame(step)
    }
    let frame = requestAnimationFrame(step)
    return () => {
      cancelAnimationFrame(frame)
      this.pause()
    }
  }

  /** Adds the element that carries a track; gives back the way to take it out. */
  attach(trackId: string, element: MediaElement): () => void {
    this.#elements.set(trackId, element)
    this.#align()
    return () => this.#elements.delete(trackId)
  }

  play(): void {
    this.#set({ isPlaying: true })
    this.#align()
  }

  pause(): void {
    this.#set({ isPlaying: false, isWaiting: false })
    this.#align()
  }

  /** Goes to a place, in ms from the line's beginning. */
  seek(positionMs: number): void {
    if (this.#onTheirWay.size === 0) this.#cameFromMs = this.#state.positionMs
    this.#set({ positionMs: this.clamp(positionMs) })
    this.#align()
    for (const { trackId } of this.#active()) this.#onTheirWay.add(trackId)
    this.#seeWhoArrived()
  }

  setSpeed(speed: number): void {
    this.#set({ speed })
    this.#align()
  }

  /** The nearest place on the line. */
  clamp(positionMs: number): number {
    return Math.max(0, Math.min(this.#state.lengthMs, positionMs))
  }

  /** Whether a track has something at the present place. */
  hasNow(trackId: string): boolean {
    return this.#active().some((track) => track.trackId === trackId)
  }

  /** What a track shows while it was sent to another place and is not there yet, in ms; null: it is there. */
  shownOnTheWay(trackId: string): number | null {
    return this.#onTheirWay.has(trackId) ? this.#cameFromMs : null
  }

  /** One step of the page's clock; also what stands is looked at, for an element may be late to obey. */
  advance(passedMs: number): void {
    const { isPlaying, positionMs, lengthMs, speed } = this.#state
    if (isPlaying) {
      const isWaiting = this.#active().some(({ trackId }) =>
        isStarving(this.#elements.get(trackId)),
      )
      const nextMs = Math.min(lengthMs, positionMs + (isWaiting ? 0 : passedMs * speed))
      this.#set({ isWaiting, positionMs: nextMs, isPlaying: nextMs < lengthMs })
    }
    this.#align()
    if (this.#onTheirWay.size > 0) this.#seeWhoArrived()
  }

  #seeWhoArrived(): void {
    const before = this.#onTheirWay.size
    for (const trackId of this.#onTheirWay) {
      const element = this.#elements.get(trackId)
      const isThere = element === undefined || hasPicture(element)
      if (isThere || !this.hasNow(trackId)) this.#onTheirWay.delete(trackId)
    }
    if (this.#onTheirWay.size !== before) this.#set({})
  }

  /** The tracks that have something to show at the present place, and where in them that is. */
  #active(): Place[] {
    return this.#tracks.flatMap(({ trackId, kind, ...span }) => {
      const placeS = placeInTrack(span, this.#state.positionMs)
      return placeS === null ? [] : [{ trackId, kind, placeS }]
    })
  }

  #align(): void {
    const { isPlaying, isWaiting, speed } = this.#state
    const places = new Map(this.#active().map((place) => [place.trackId, place]))
    for (const [trackId, element] of this.#elements) {
      const place = places.get(trackId)
      if (place === undefined) element.pause()
      else alignElement(element, place, { isPlaying: isPlaying && !isWaiting, speed })
    }
  }

  #set(change: Partial<PlaybackState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}

/** Has no bytes for the next moment, though it is not at its end. */
function isStarving(element: MediaElement | undefined): boolean {
  return element !== undefined && element.readyState < HAVE_FUTURE_DATA && !isAtEnd(element)
}

function hasPicture({ seeking, readyState }: MediaElement): boolean {
  return !seeking && readyState >= HAVE_CURRENT_DATA
}

function isAtEnd({ ended, currentTime, duration, seeking }: MediaElement): boolean {
  return ended || (!seeking && currentTime > 0 && duration - currentTime < END_S)
}

function alignElement(element: MediaElement, { placeS, kind }: Place, pace: Pace): void {
  const place = Number.isFinite(element.duration) ? Math.min(placeS, element.duration) : placeS
  const correction = correctionOf(element.currentTime - place, pace, kind)
  if (correction.kind === 'seek' && !element.seeking) element.currentTime = place
  const rate = correction.kind === 'rate' ? correction.rate : pace.speed
  if (element.playbackRate !== rate) element.playbackRate = rate
  if (!pace.isPlaying) {
    if (!element.paused) element.pause()
    return
  }
  // Asked to play at its end it would begin anew.
  if (!element.paused || element.ended) return
  // Refused only where the tab has had no gesture; the press of "play" was one.
  element.play().catch(() => undefined)
}
