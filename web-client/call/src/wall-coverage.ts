import { WALL_BEAT_EVERY_MS } from '@visavis/contract/coverage'
import type { OfferCause } from '@visavis/contract/coverage'
import type { FlagCategory, FlagReason } from '@visavis/contract/flag-kinds'
import { replyOf } from './reply-of.ts'
import type { WallSignalling } from './router-reception.ts'
import { createStore } from './store.ts'
import type { Reply, Store } from './types.ts'

/** Visits that this wall may take over (OV-7). */
export type WallOffer = {
  readonly offerId: string
  readonly cause: OfferCause
  /** The colleague who offers; null: they were left. */
  readonly fromName: string | null
  readonly visitIds: readonly string[]
  readonly at: string
}

/** What passes between this wall and its colleagues. */
export type HandoverState = {
  readonly offers: readonly WallOffer[]
  /** Visits that this wall has taken over and not looked at yet: they come first. */
  readonly taken: ReadonlySet<string>
  /** Visits that a colleague has taken from this wall: they are off it until something happens in them. */
  readonly given: ReadonlySet<string>
  /** Who took what last, to be told. */
  readonly lastTaker: string | null
}

/** Another open wall of the facility. */
export type Colleague = {
  readonly observerId: string
  readonly name: string
  readonly visits: number
  readonly isHeard: boolean
}

/** A moment to be looked at again, as the officer describes it. */
export type FlagWords = {
  readonly category: FlagCategory
  readonly reason: FlagReason
  readonly note: string
}

/** How a flag was received; with its id it can be taken back. */
export type FlagReply =
  Extract<Reply, { ok: false }> | { readonly ok: true; readonly flagId: string }

/** Who watches, who takes over, and what is flagged (OV-6, OV-7). */
export type WallCoverage = {
  readonly handovers: Store<HandoverState>
  readonly flag: (visitId: string, words: FlagWords) => Promise<FlagReply>
  readonly unflag: (visitId: string, flagId: string) => Promise<Reply>
  /** The facility's other walls; none while they cannot be asked. */
  readonly colleagues: () => Promise<readonly Colleague[]>
  /** Offers visits to one wall, or with null to all. */
  readonly offerVisits: (visitIds: readonly string[], toObserverId: string | null) => Promise<Reply>
  readonly answerOffer: (offerId: string, isAccepted: boolean) => Promise<Reply>
  /** The officer has looked at a visit that was handed over. */
  readonly lookedAt: (visitId: string) => void
}

const NOTHING: HandoverState = {
  offers: [],
  taken: new Set(),
  given: new Set(),
  lastTaker: null,
}

type Owned = WallCoverage & {
  /** A new connection: what was offered before is told again by it. */
  readonly listen: (signalling: WallSignalling) => void
  /** The link is gone, and with it the offers that were made to it. */
  readonly lost: () => void
}

/** Makes it for one wall. */
export function createWallCoverage(signalling: () => WallSignalling | null): Owned {
  const store = createStore(NOTHING)
  const set = (change: Partial<HandoverState>): void =>
    store.setState({ ...store.getState(), ...change })
  const act = (request: (link: WallSignalling) => Promise<unknown>): Promise<Reply> => {
    const link = signalling()
    return link ? replyOf(request(link)) : Promise.resolve({ ok: false, code: 'NOT_JOINED' })
  }
  return {
    handovers: store,
    listen: (link) => listenTo(link, store.getState, set),
    lost: () => set({ offers: [] }),
    async flag(visitId, words) {
      let flagId = ''
      const reply = await act(async (link) => {
        ;({ flagId } = await link.request('flag:add', { visitId, ...words }))
      })
      return reply.ok ? { ok: true, flagId } : reply
    },
    unflag: (visitId, flagId) => act((link) => link.request('flag:undo', { visitId, flagId })),
    async colleagues() {
      const found = await signalling()
        ?.request('wall:colleagues', {})
        .catch(() => null)
      return found?.colleagues ?? []
    },
    offerVisits: (visitIds, toObserverId) =>
      act((link) => link.request('handover:offer', { visitIds: [...visitIds], toObserverId })),
    answerOffer: (offerId, isAccepted) =>
      act(async (link) => {
        const { visitIds } = await link.request('handover:answer', { offerId, isAccepted })
        const { offers, taken, given } = store.getState()
        set({
          offers: offers.filter((offer) => offer.offerId !== offerId),
          taken: new Set([...taken, ...visitIds]),
          given: without(given, visitIds),
        })
      }),
    lookedAt(visitId) {
      const { taken } = store.getState()
      if (taken.has(visitId)) set({ taken: without(taken, [visitId]) })
    },
  }
}

function listenTo(
  link: WallSignalling,
  getState: () => HandoverState,
  set: (change: Partial<HandoverState>) => void,
): void {
  const others = (offerId: string) => getState().offers.filter((offer) => offer.offerId !== offerId)
  link.on('handover:offered', (offer) => set({ offers: [...others(offer.offerId), offer] }))
  link.on('handover:closed', ({ offerId }) => set({ offers: others(offerId) }))
  link.on('handover:taken', ({ toName, visitIds }) => {
    const { given, taken } = getState()
    const gone = new Set<string>([...given, ...visitIds])
    set({ lastTaker: toName, given: gone, taken: without(taken, visitIds) })
  })
}

function without(all: ReadonlySet<string>, gone: readonly string[]): ReadonlySet<string> {
  return new Set([...all].filter((each) => !gone.includes(each)))
}

/** What tells that somebody is there; the mouse over a dark wall is enough. */
const TOUCHES = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const

/**
 * Says again and again that somebody is before the wall, while its page can be seen (OV-7); what it has on
 * screen counts as watched. Whether it was touched meanwhile decides if the sign-in goes idle. Gives back the
 * way to stop.
 */
export function keepBeating(signalling: WallSignalling): () => void {
  let isTouched = true
  const touched = (): void => void (isTouched = true)
  for (const touch of TOUCHES) window.addEventListener(touch, touched, { passive: true })
  const timer = setInterval(() => {
    if (document.visibilityState !== 'visible' || !signalling.isConnected()) return
    // A beat that is lost or comes before the wall is open is made up for by the next.
    signalling.request('wall:beat', { isTouched }).catch(() => undefined)
    isTouched = false
  }, WALL_BEAT_EVERY_MS)
  return () => {
    clearInterval(timer)
    for (const touch of TOUCHES) window.removeEventListener(touch, touched)
  }
}
