import type { Clock } from '@visavis/platform/clock'
import type { SealedFile } from '@visavis/platform/sealed/sealed-file'
import type { PlayRow } from './plays.repo.ts'
import type { ResultParts } from './recording-parts.ts'

/** A key in clear: 32 bytes, overwritten when it is let go. */
export type OpenedKey = Uint8Array<ArrayBuffer>

/** What an open playback has in memory, each thing made once: by its id, path or name. */
export type Opened = {
  readonly keys: Map<string, Promise<OpenedKey>>
  readonly files: Map<string, Promise<SealedFile>>
  readonly parts: Map<string, Promise<ResultParts>>
  /** What is played, by its stamp: another one is read anew. */
  readonly played: Map<string, Promise<PlayRow | null>>
  /** Reads that were entered in the log once for the whole playback. */
  readonly entered: Map<string, Promise<void>>
}

/** What playbacks have in memory: never longer than their hour, and lost with the process. */
export type PlayMemory = {
  readonly of: (play: { readonly playId: string; readonly expiresAt: Date }) => Opened
  /** Whether it was neither let go nor is over; a stream asks before each piece. */
  readonly isOpen: (playId: string) => boolean
  /** Overwrites its keys and forgets everything of it. */
  readonly letGo: (playId: string) => void
  readonly close: () => void
}

/** How long a key may outlive its playback at most. */
const SWEEP_MS = 10_000

/** The memory of the playbacks of this process. */
export function createPlayMemory(clock: Clock): PlayMemory {
  const plays = new Map<string, Opened & { readonly expiresAt: Date }>()
  const letGo = (playId: string): void => {
    const opened = plays.get(playId)
    plays.delete(playId)
    opened?.keys.forEach(overwrite)
  }
  const isOver = ({ expiresAt }: { readonly expiresAt: Date }): boolean => clock.now() >= expiresAt
  const timer = setInterval(() => {
    for (const [playId, play] of plays) if (isOver(play)) letGo(playId)
  }, SWEEP_MS)
  timer.unref()
  return {
    of: ({ playId, expiresAt }) => {
      const known = plays.get(playId) ?? { ...nothingOpened(), expiresAt }
      plays.set(playId, known)
      return known
    },
    isOpen: (playId) => {
      const play = plays.get(playId)
      return play !== undefined && !isOver(play)
    },
    letGo,
    close: () => {
      clearInterval(timer)
      for (const playId of plays.keys()) letGo(playId)
    },
  }
}

/** What stands under a name, made if it is asked for first; what could not be made is tried again. */
export function remembered<Thing>(
  things: Map<string, Promise<Thing>>,
  name: string,
  make: () => Promise<Thing>,
): Promise<Thing> {
  const known = things.get(name)
  if (known) return known
  const made = make()
  things.set(name, made)
  made.catch(() => {
    if (things.get(name) === made) things.delete(name)
  })
  return made
}

function nothingOpened(): Opened {
  return {
    keys: new Map(),
    files: new Map(),
    parts: new Map(),
    played: new Map(),
    entered: new Map(),
  }
}

function overwrite(key: Promise<OpenedKey>): void {
  key.then(
    (bytes) => bytes.fill(0),
    () => undefined,
  )
}
