import { createKeyedStore } from './keyed-store.ts'
import type { KeyedStore } from './keyed-store.ts'

/** A beat of the media node brings each observable seat a new still (OV-4); more often is for nothing. */
const BEAT_MS = 4_000
/** A browser has six connections to a server of HTTP/1.1, and the page needs some itself. */
const MOST_AT_ONCE = 4

/** The newest still picture of a seat. */
export type Still = {
  /** Of the picture in this page's memory; an image element takes it. */
  readonly url: string
  /** When it came, ms of `Date.now()`. */
  readonly cameAtMs: number
}

/** Of whom a still is wanted. */
export type StillOf = { readonly visitId: string; readonly seatId: string }

/** The stills of a wall: fetched while they are on screen, and let go afterwards. */
export type WallStills = {
  readonly pictures: KeyedStore<Still>
  /** A still of this seat is on screen from now on; gives back the way to say that it is not any more. */
  readonly hold: (still: StillOf) => () => void
  readonly close: () => void
}

export type WallStillsOptions = {
  /** Where the server is; the page's own origin if left out. */
  readonly origin?: string | undefined
  readonly fetch?: typeof fetch
  readonly nowMs?: () => number
}

/** One wanted seat: what is known of its still, and when it is asked for next. */
type Wish = StillOf & {
  etag: string | null
  dueAtMs: number
  isAsked: boolean
  /** In how many places it is on screen. */
  holders: number
}

/** Makes the stills; nothing is fetched until one is held. */
export function createWallStills(options: WallStillsOptions): WallStills {
  const { nowMs = Date.now } = options
  const pictures = createKeyedStore<Still>()
  const wishes = new Map<string, Wish>()
  const show = (seatId: string, still: Still | undefined): void => {
    const old = pictures.get(seatId)
    pictures.set(seatId, still)
    if (old) URL.revokeObjectURL(old.url)
  }
  const { turn, stop } = createRounds({ ...options, nowMs, wishes, show })
  const drop = (seatId: string): void => {
    wishes.delete(seatId)
    show(seatId, undefined)
  }
  return {
    pictures,
    hold({ visitId, seatId }) {
      const held = wishes.get(seatId)
      const anew = { visitId, seatId, etag: null, dueAtMs: nowMs(), isAsked: false, holders: 0 }
      const wish: Wish = held?.visitId === visitId ? held : anew
      wish.holders += 1
      wishes.set(seatId, wish)
      turn()
      let isReleased = false
      return () => {
        if (!isReleased) wish.holders -= 1
        isReleased = true
        // Else gone with the wall, or of a later visit.
        if (wish.holders === 0 && wishes.get(seatId) === wish) drop(seatId)
      }
    },
    close() {
      stop()
      wishes.clear()
      pictures.keys().forEach(drop)
    },
  }
}

type Rounds = WallStillsOptions & {
  readonly nowMs: () => number
  readonly wishes: ReadonlyMap<string, Wish>
  readonly show: (seatId: string, still: Still | undefined) => void
}

/** Asks for what is due, round after round. */
function createRounds({ origin = '', fetch: ask = askServer, nowMs, wishes, show }: Rounds) {
  let timer: ReturnType<typeof setTimeout> | undefined
  const take = async (wish: Wish): Promise<void> => {
    const { visitId, seatId, etag } = wish
    const answer = await ask(`${origin}/api/wall/stills/${visitId}/${seatId}`, {
      headers: etag === null ? {} : { 'if-none-match': etag },
      cache: 'no-store',
    })
    const isKept = answer.status === 304
    const picture = answer.status === 200 ? await answer.blob() : null
    // Off the screen, or out of the visit, while it was on its way.
    if (wishes.get(seatId) !== wish || isKept) return
    wish.etag = picture && answer.headers.get('etag')
    show(seatId, picture ? { url: URL.createObjectURL(picture), cameAtMs: nowMs() } : undefined)
  }
  const fetchOne = async (wish: Wish): Promise<void> => {
    wish.isAsked = true
    // A line that is down leaves the last picture; a later round brings the next.
    await take(wish).catch(() => undefined)
    wish.isAsked = false
    wish.dueAtMs = nowMs() + BEAT_MS
    turn()
  }
  const turn = (): void => {
    clearTimeout(timer)
    for (const wish of dueOf([...wishes.values()], nowMs())) void fetchOne(wish)
    const waitMs = untilNext([...wishes.values()], nowMs())
    if (waitMs !== null) timer = setTimeout(turn, waitMs)
  }
  return { turn, stop: () => clearTimeout(timer) }
}

/** The browser's own, as it is at the time of asking. */
const askServer: typeof fetch = (...given) => fetch(...given)

type Due = { readonly dueAtMs: number; readonly isAsked: boolean }

/** Which are to be asked for now: those that wait longest, and no more at once than there is room for; pure. */
export function dueOf<Each extends Due>(wishes: readonly Each[], nowMs: number): readonly Each[] {
  const room = Math.max(0, MOST_AT_ONCE - wishes.filter(({ isAsked }) => isAsked).length)
  return wishes
    .filter(({ isAsked, dueAtMs }) => !isAsked && dueAtMs <= nowMs)
    .toSorted((a, b) => a.dueAtMs - b.dueAtMs)
    .slice(0, room)
}

/** How long nothing is due; null: nothing is wanted, or whatever ends next will look again. */
function untilNext(wishes: readonly Due[], nowMs: number): number | null {
  if (wishes.filter(({ isAsked }) => isAsked).length >= MOST_AT_ONCE) return null
  const waiting = wishes.filter(({ isAsked }) => !isAsked).map(({ dueAtMs }) => dueAtMs)
  return waiting.length === 0 ? null : Math.max(0, Math.min(...waiting) - nowMs)
}
