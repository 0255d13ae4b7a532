import type { PlaybackState, SyncedPlayback } from './synced-playback.ts'

/** What a viewer does, as the audit log has it. */
export type PlayDeed = 'PLAY' | 'SEEK' | 'STOP'

/** Tells the server what is about to be done; false: it may not be done. Never rejects. */
export type Tell = (deed: PlayDeed, atMs: number) => Promise<boolean>

export type ToldState = PlaybackState & {
  /** Where it will go as soon as the server knows of it, in ms; null: nowhere else. */
  readonly aimMs: number | null
  /** Waits for the server's answer. */
  readonly isAsking: boolean
  /** Something was played or gone to: bytes may be fetched ahead. */
  readonly hasBegun: boolean
}

/**
 * A playback that does nothing of which the audit log does not know yet (RC-5): nothing plays or moves
 * before the server has answered. Only what takes away is done first: a stop. Deeds are told one by one in
 * their order; of many seeks in a row the latest is told.
 */
export class ToldPlayback {
  readonly #playback: SyncedPlayback
  readonly #tell: Tell
  readonly #listeners = new Set<() => void>()
  #line: Promise<void> = Promise.resolve()
  #state: ToldState
  #isOver = false

  constructor(playback: SyncedPlayback, tell: Tell) {
    this.#playback = playback
    this.#tell = tell
    this.#state = { ...playback.getState(), aimMs: null, isAsking: false, hasBegun: false }
    playback.subscribe(() => this.#follow())
  }

  getState(): ToldState {
    return this.#state
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Goes on, or begins anew at the end. */
  play(): Promise<void> {
    return this.#inTurn(async () => {
      const { isPlaying, positionMs, lengthMs } = this.#playback.getState()
      if (isPlaying) return
      const fromMs = positionMs >= lengthMs ? 0 : positionMs
      if (!(await this.#ask('PLAY', fromMs))) return
      if (fromMs !== positionMs) this.#playback.seek(fromMs)
      this.#playback.play()
    })
  }

  pause(): void {
    if (this.#playback.getState().isPlaying) this.#playback.pause()
  }

  toggle(): void {
    if (this.#state.isPlaying) this.pause()
    else void this.play()
  }

  /** Goes to a place, in ms from the line's beginning. */
  seek(positionMs: number): Promise<void> {
    const isOnItsWay = this.#state.aimMs !== null
    this.#set({ aimMs: this.#playback.clamp(positionMs) })
    return isOnItsWay ? this.#line : this.#inTurn(() => this.#goToAim())
  }

  /** Goes on or back by a stretch, from where it is or will be. */
  step(byMs: number): Promise<void> {
    return this.seek((this.#state.aimMs ?? this.#state.positionMs) + byMs)
  }

  setSpeed(speed: number): void {
    this.#playback.setSpeed(speed)
  }

  /** Nothing is played or told any more but the stop of what was running. */
  end(): void {
    this.pause()
    this.#isOver = true
  }

  async #goToAim(): Promise<void> {
    for (;;) {
      const { aimMs } = this.#state
      if (aimMs === null) return
      if (!(await this.#ask('SEEK', aimMs))) {
        this.#set({ aimMs: null })
        return
      }
      this.#playback.seek(aimMs)
      // Whoever drags on has asked for another place meanwhile.
      if (this.#state.aimMs === aimMs) this.#set({ aimMs: null })
    }
  }

  async #ask(deed: PlayDeed, atMs: number): Promise<boolean> {
    if (this.#isOver) return false
    this.#set({ isAsking: true })
    const isAllowed = await this.#tell(deed, Math.round(atMs))
    const mayDo = isAllowed && !this.#isOver
    this.#set({ isAsking: false, hasBegun: this.#state.hasBegun || mayDo })
    return mayDo
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#line = this.#line.then(work)
    return this.#line
  }

  /** Stopped, by whatever: a press, the end of the line, the end of the play. */
  #follow(): void {
    const before = this.#state
    const now = this.#playback.getState()
    this.#set(now)
    if (!before.isPlaying || now.isPlaying || this.#isOver) return
    void this.#inTurn(async () => {
      await this.#tell('STOP', Math.round(now.positionMs))
    })
  }

  #set(change: Partial<ToldState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}
