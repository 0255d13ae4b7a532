import { correctionOf, lengthOf, placeInTrack } from './playback-sync.ts'
import type { TrackSpan } from './playback-sync.ts'

export type PlaybackState = {
  readonly isPlaying: boolean
  /** Waits for bytes of a track; the line of time stands still for all. */
  readonly isWaiting: boolean
  readonly positionMs: number
  readonly lengthMs: number
}

type Track = TrackSpan & { readonly trackId: string }

/** `HTMLMediaElement.HAVE_FUTURE_DATA`: the element can go on for at least a moment. */
const HAVE_FUTURE_DATA = 3

/**
 * Plays several media elements as one recording. The line of time belongs to no element: it runs by the
 * page's clock while every track that has something at its place is ready, and each element is drawn
 * towards it. So no track leads, and none that ends early stops the others.
 */
export class SyncedPlayback {
  readonly #tracks: readonly Track[]
  readonly #elements = new Map<string, HTMLMediaElement>()
  readonly #listeners = new Set<() => void>()
  #state: PlaybackState

  constructor(tracks: readonly Track[]) {
    this.#tracks = tracks
    const lengthMs = lengthOf(tracks)
    this.#state = { isPlaying: false, isWaiting: false, positionMs: 0, lengthMs }
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
      this.#advance(nowMs - lastMs)
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
  attach(trackId: string, element: HTMLMediaElement): () => void {
    this.#elements.set(trackId, element)
    this.#align()
    return () => this.#elements.delete(trackId)
  }

  /** Goes on, or begins anew at the end. */
  play(): void {
    const { positionMs, lengthMs } = this.#state
    this.#set({ isPlaying: true, positionMs: positionMs >= lengthMs ? 0 : positionMs })
    this.#align()
  }

  pause(): void {
    this.#set({ isPlaying: false, isWaiting: false })
    this.#align()
  }

  /** Goes to a place, in ms from the recording's beginning. */
  seek(positionMs: number): void {
    this.#set({ positionMs: Math.max(0, Math.min(this.#state.lengthMs, positionMs)) })
    this.#align()
  }

  #advance(passedMs: number): void {
    const { isPlaying, positionMs, lengthMs } = this.#state
    if (!isPlaying) return
    const isWaiting = this.#active().some(({ element }) => element.readyState < HAVE_FUTURE_DATA)
    const nextMs = Math.min(lengthMs, positionMs + (isWaiting ? 0 : passedMs))
    this.#set({ isWaiting, positionMs: nextMs, isPlaying: nextMs < lengthMs })
    this.#align()
  }

  /** The elements that have something to show at the present place, and where in their track that is. */
  #active(): { element: HTMLMediaElement; placeS: number }[] {
    return this.#tracks.flatMap((track) => {
      const element = this.#elements.get(track.trackId)
      const placeS = placeInTrack(track, this.#state.positionMs)
      return element && placeS !== null ? [{ element, placeS }] : []
    })
  }

  #align(): void {
    const { isPlaying, isWaiting } = this.#state
    const active = this.#active()
    const activeElements = new Set(active.map(({ element }) => element))
    for (const element of this.#elements.values()) {
      if (!activeElements.has(element)) element.pause()
    }
    for (const { element, placeS } of active) alignElement(element, placeS, isPlaying && !isWaiting)
  }

  #set(change: Partial<PlaybackState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}

function alignElement(element: HTMLMediaElement, placeS: number, shouldPlay: boolean): void {
  const correction = correctionOf(element.currentTime - placeS)
  if (correction.kind === 'seek' && !element.seeking) element.currentTime = placeS
  element.playbackRate = correction.kind === 'rate' ? correction.rate : 1
  if (!shouldPlay) element.pause()
  // Refused only where the tab has had no gesture; the press of "play" was one.
  else if (element.paused) element.play().catch(() => undefined)
}
