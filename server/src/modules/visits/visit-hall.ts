import type { SeatQuality } from '@visavis/contract/quality'
import type { SeatQualityReport, SeatReport } from '@visavis/contract/visit-socket'
import type { AdviceRecord } from '../advice/index.ts'
import { agedLink, leasedLink } from './seat-link.ts'
import { createFlowBook } from './flow-book.ts'
import type { FlowBook } from './flow-book.ts'
import type { SeatLink } from './seat-link.ts'
import type { VisitRecord } from './visit-record.ts'

/** What this server holds in memory of one open visit: its last stored form and who is connected. */
export type OpenVisit = {
  visit: VisitRecord
  readonly links: Map<string, SeatLink>
  /** Whether a seat's media stands at the SFU, as last told; unknown counts as standing. */
  readonly mediaUp: Map<string, boolean>
  /** What each seat told of itself last, and how many notes of the timeline came of it. */
  readonly reports: Map<string, { readonly report: SeatReport; readonly noted: number }>
  /** LV-11: what detectors advise of it now. */
  advice: readonly AdviceRecord[]
  /** LV-9: what seats told of how they send, what the SFU found last, and how much of it was noted. */
  readonly quality: {
    readonly told: Map<string, SeatQualityReport>
    measured: ReadonlyMap<string, SeatQuality>
    readonly noted: Map<string, number>
  }
  /** Seats whose device is a link centre's, signed in by its host for this visit. */
  readonly roomDevices: Set<string>
  /** Both-way milliseconds of all epochs, as last measured; never falls. */
  deliveredMs: number
  /** Whether the last second flowed both ways. */
  isFlowing: boolean
  /** When the SFU last said so. */
  measuredAt: Date | null
  /** What the SFU saw of its media and is not stored yet. */
  readonly flow: FlowBook
}

/** Both-way milliseconds of the present epoch, and whether the last look saw media flow. */
export type Measured = {
  readonly epochMs: number
  readonly isFlowing: boolean
  readonly at: Date
}

/** The open visits of this server. */
export type VisitHall = {
  readonly get: (visitId: string) => OpenVisit | undefined
  readonly all: () => readonly OpenVisit[]
  /** Takes the newest stored form. */
  readonly keep: (visit: VisitRecord) => OpenVisit
  readonly forget: (visitId: string) => void
  readonly setLink: (visitId: string, seatId: string, link: SeatLink) => void
  /** A seat was taken with a device: a link centre's, or one of the person's own. */
  readonly seat: (visitId: string, seatId: string, device: { isRoomDevice: boolean }) => void
  /** Turns leases that are over into absence. */
  readonly age: (now: Date) => void
  readonly setMedia: (visitId: string, seatId: string, isUp: boolean) => void
  /** The SFU's measure of the present epoch (LV-5). */
  readonly measure: (visitId: string, measured: Measured) => void
  /** The socket of a seat was lost: its lease begins. */
  readonly lease: (visitId: string, seatId: string, now: Date) => void
}

/** An empty hall. */
export function createVisitHall(): VisitHall {
  const open = new Map<string, OpenVisit>()
  return {
    get: (visitId) => open.get(visitId),
    all: () => [...open.values()],
    keep: (visit) => keepIn(open, visit),
    forget: (visitId) => void open.delete(visitId),
    ...createLinkWriter(open),
    measure(visitId, { epochMs, isFlowing, at }) {
      const known = open.get(visitId)
      if (!known) return
      known.deliveredMs = Math.max(known.deliveredMs, known.visit.session.epochBaseMs + epochMs)
      known.isFlowing = isFlowing
      known.measuredAt = at
    },
  }
}

function keepIn(open: Map<string, OpenVisit>, visit: VisitRecord): OpenVisit {
  const { visitId, session } = visit
  const known = open.get(visitId)
  if (known) {
    // Whoever looked a moment earlier may come a moment later.
    if (visit.session.version >= known.visit.session.version) known.visit = visit
    known.deliveredMs = Math.max(known.deliveredMs, session.deliveredMs)
    return known
  }
  const fresh: OpenVisit = {
    visit,
    links: new Map(),
    mediaUp: new Map(),
    reports: new Map(),
    advice: [],
    quality: { told: new Map(), measured: new Map(), noted: new Map() },
    roomDevices: new Set(),
    deliveredMs: session.deliveredMs,
    isFlowing: false,
    measuredAt: null,
    flow: createFlowBook(),
  }
  open.set(visitId, fresh)
  return fresh
}

function createLinkWriter(
  open: ReadonlyMap<string, OpenVisit>,
): Pick<VisitHall, 'setLink' | 'seat' | 'age' | 'setMedia' | 'lease'> {
  const setLink: VisitHall['setLink'] = (visitId, seatId, link) =>
    void open.get(visitId)?.links.set(seatId, link)
  return {
    setLink,
    seat(visitId, seatId, { isRoomDevice }) {
      setLink(visitId, seatId, { kind: 'CONNECTED' })
      const roomDevices = open.get(visitId)?.roomDevices
      if (isRoomDevice) roomDevices?.add(seatId)
      else roomDevices?.delete(seatId)
    },
    age(now) {
      for (const { links } of open.values()) {
        for (const [seatId, link] of links) links.set(seatId, agedLink(link, now))
      }
    },
    setMedia(visitId, seatId, isUp) {
      const known = open.get(visitId)
      known?.mediaUp.set(seatId, isUp)
      const link = known?.links.get(seatId)
      if (link?.kind === 'LEASED') setLink(visitId, seatId, { ...link, isMediaUp: isUp })
    },
    lease(visitId, seatId, now) {
      const isMediaUp = open.get(visitId)?.mediaUp.get(seatId) ?? true
      setLink(visitId, seatId, leasedLink(now, isMediaUp))
    },
  }
}
