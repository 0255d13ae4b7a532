import type { VisitClass } from '@visavis/contract/media-policy'

/** Half-open, in milliseconds since 1970. */
export type Stretch = { readonly startsAt: number; readonly endsAt: number }

/** A slot that is not closed, with what is free of it. */
export type SlotLoad = Stretch & {
  readonly slotId: string
  readonly bookingMode: 'INSTANT' | 'APPROVAL' | 'ON_DEMAND'
  readonly capacity: number
  /** Wings whose inmates it is for; empty: all. */
  readonly wings: readonly string[]
  /** People who wait for a place of it (BK-10). */
  readonly waiting: number
}

/** Visits with the same times, counted. */
export type VisitLoad = Stretch & {
  readonly slotId: string | null
  /** The end with the terminal's turnaround. */
  readonly busyUntil: number
  readonly isMonitored: boolean
  /** Of the terminal; null where terminals of all wings will do. */
  readonly wing: string | null
  readonly count: number
}

export type BlackoutLoad = Stretch & {
  readonly scope: 'ESTATE' | 'FACILITY' | 'WING' | 'TERMINAL' | 'LINK_CENTRE' | 'LINK_CENTRE_ROOM'
  readonly wing: string | null
}

/** What a facility has and what is taken of it in a stretch of time. */
export type FacilityLoad = {
  readonly slots: readonly SlotLoad[]
  /** By start. */
  readonly visits: readonly VisitLoad[]
  readonly blackouts: readonly BlackoutLoad[]
  /** Terminals in service by wing. */
  readonly terminals: Readonly<Record<string, number>>
  readonly monitorSeats: number
  readonly escorts: number
  /** Rooms of the link centre that was asked for, and when they are taken. */
  readonly rooms: number
  readonly roomsTaken: readonly Stretch[]
}

/** What a visit of this kind needs; durations in milliseconds. */
export type Needs = {
  readonly visitClass: VisitClass
  readonly wing: string
  readonly isWingOnly: boolean
  readonly isMonitored: boolean
  readonly usesEscorts: boolean
  readonly needsRoom: boolean
  readonly terminalTurnaroundMs: number
  readonly escortTurnaroundMs: number
}

/** A slot with its number of free places: at least so many, and at most. */
export type SlotRoom = {
  readonly slot: SlotLoad
  readonly atLeast: number
  readonly atMost: number
}

/** The longest visit and the longest turnaround that the database stores: how far back something may reach. */
export const LONGEST_BUSY_MS = 6 * 3_600_000

/** Whether two stretches share an instant. */
export function isOverlapping(a: Stretch, b: Stretch): boolean {
  return a.startsAt < b.endsAt && b.startsAt < a.endsAt
}

/**
 * Free places of each slot that such a visit may use (BK-1, BK-10). Things of one kind are counted, not
 * named: two visits one after the other may have had the same terminal or two. So there are two bounds,
 * which differ only where the visits of a slot's time do not all overlap each other.
 */
export function slotRooms(load: FacilityLoad, needs: Needs): SlotRoom[] {
  return load.slots
    .filter((slot) => isForWing(slot, needs.wing) && !isClosed(slot, load.blackouts, needs))
    .map((slot) => roomOf(slot, load, needs))
}

function isForWing({ wings }: SlotLoad, wing: string): boolean {
  return wings.length === 0 || wings.includes(wing)
}

function isClosed(slot: SlotLoad, blackouts: readonly BlackoutLoad[], needs: Needs): boolean {
  return blackouts.some((blackout) => {
    if (!isOverlapping(slot, blackout)) return false
    switch (blackout.scope) {
      case 'ESTATE':
      case 'FACILITY':
        return true
      case 'WING':
        return blackout.wing === needs.wing
      case 'LINK_CENTRE':
        return needs.needsRoom
      case 'TERMINAL':
      case 'LINK_CENTRE_ROOM':
        return false
    }
  })
}

function roomOf(slot: SlotLoad, load: FacilityLoad, needs: Needs): SlotRoom {
  const near = visitsNear(slot, load.visits, needs)
  const inSlot = near.filter(({ slotId }) => slotId === slot.slotId)
  const places = slot.capacity - countOf(inSlot) - slot.waiting
  const things = [terminalsLeft(slot, near, { load, needs })]
  if (needs.isMonitored) things.push(monitorSeatsLeft(slot, near, load))
  if (needs.usesEscorts) things.push(escortsLeft(slot, near, { load, needs }))
  if (needs.needsRoom) things.push(roomsLeft(slot, load))
  return {
    slot,
    atLeast: Math.max(0, Math.min(places, ...things.map(({ atLeast }) => atLeast - slot.waiting))),
    atMost: Math.max(0, Math.min(places, ...things.map(({ atMost }) => atMost - slot.waiting))),
  }
}

/** Visits of the slot, or that touch its time with all turnarounds; `visits` is sorted by start. */
function visitsNear(slot: SlotLoad, visits: readonly VisitLoad[], needs: Needs): VisitLoad[] {
  const near: VisitLoad[] = []
  const until = slot.endsAt + Math.max(needs.terminalTurnaroundMs, needs.escortTurnaroundMs)
  for (let at = firstFrom(visits, slot.startsAt - LONGEST_BUSY_MS); at < visits.length; at += 1) {
    const visit = visits[at]
    if (visit === undefined || visit.startsAt >= slot.endsAt + LONGEST_BUSY_MS) break
    const busyUntil = Math.max(visit.busyUntil, visit.endsAt + needs.escortTurnaroundMs)
    const isTouching = visit.startsAt < until && busyUntil > slot.startsAt
    if (isTouching || visit.slotId === slot.slotId) near.push(visit)
  }
  return near
}

function firstFrom(visits: readonly VisitLoad[], startsAt: number): number {
  let low = 0
  let high = visits.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((visits[middle]?.startsAt ?? 0) < startsAt) low = middle + 1
    else high = middle
  }
  return low
}

type Given = { readonly load: FacilityLoad; readonly needs: Needs }
type Bounds = { readonly atLeast: number; readonly atMost: number }
type Taken = Stretch & { readonly count: number }

function terminalsLeft(slot: SlotLoad, near: readonly VisitLoad[], { load, needs }: Given): Bounds {
  const { wing, isWingOnly } = needs
  const wanted = { startsAt: slot.startsAt, endsAt: slot.endsAt + needs.terminalTurnaroundMs }
  const taken = near
    .filter((visit) => !isWingOnly || visit.wing === wing)
    .map(({ startsAt, busyUntil, count }) => ({ startsAt, endsAt: busyUntil, count }))
  const out = load.blackouts
    .filter(
      ({ scope, ...at }) => (scope === 'TERMINAL' || scope === 'WING') && isOverlapping(slot, at),
    )
    .filter((blackout) => !isWingOnly || blackout.wing === wing)
    .map((blackout) => (blackout.scope === 'WING' ? (load.terminals[blackout.wing ?? ''] ?? 0) : 1))
  const all = isWingOnly ? (load.terminals[wing] ?? 0) : sumOf(Object.values(load.terminals))
  return left(all, wanted, taken, sumOf(out))
}

function monitorSeatsLeft(slot: SlotLoad, near: readonly VisitLoad[], load: FacilityLoad): Bounds {
  return left(
    load.monitorSeats,
    slot,
    near.filter(({ isMonitored }) => isMonitored),
  )
}

function escortsLeft(slot: SlotLoad, near: readonly VisitLoad[], { load, needs }: Given): Bounds {
  const after = needs.escortTurnaroundMs
  const taken = near.map((visit) => ({ ...visit, endsAt: visit.endsAt + after }))
  return left(load.escorts, { startsAt: slot.startsAt, endsAt: slot.endsAt + after }, taken)
}

function roomsLeft(slot: SlotLoad, { rooms, roomsTaken, blackouts }: FacilityLoad): Bounds {
  const out = blackouts.filter(
    (one) => one.scope === 'LINK_CENTRE_ROOM' && isOverlapping(slot, one),
  )
  return left(
    rooms,
    slot,
    roomsTaken.map((taken) => ({ ...taken, count: 1 })),
    out.length,
  )
}

/** `out`: those that are closed then, which may be among the taken. */
// eslint-disable-next-line max-params -- four numbers of one sum.
function left(all: number, wanted: Stretch, taken: readonly Taken[], out = 0): Bounds {
  const over = taken.filter((one) => isOverlapping(wanted, one))
  return { atLeast: all - out - countOf(over), atMost: all - mostAtOnce(over) }
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0)
}

function countOf(visits: readonly { readonly count: number }[]): number {
  return visits.reduce((sum, { count }) => sum + count, 0)
}

/** How many of them there are at the fullest instant. */
function mostAtOnce(taken: readonly Taken[]): number {
  const at = ({ startsAt }: Taken) =>
    countOf(taken.filter((one) => one.startsAt <= startsAt && startsAt < one.endsAt))
  return Math.max(0, ...taken.map(at))
}

/** What a search must leave out besides. */
export type Window = {
  /** The earliest and the latest start (BK-8). */
  readonly earliest: number
  readonly latest: number
}

/** Whether the slot can be booked at all; those on demand are rung for. */
export function isWithin(slot: SlotLoad, { earliest, latest }: Window): boolean {
  const isInTime = slot.startsAt >= earliest && slot.startsAt <= latest
  return isInTime && slot.bookingMode !== 'ON_DEMAND'
}

/** The booking window (BK-8): lawyers and staff need give no notice. */
export function windowOf(given: {
  readonly now: number
  readonly noticeMs: number
  readonly horizonMs: number
  readonly needsNotice: boolean
}): { earliest: number; latest: number } {
  const { now, noticeMs, horizonMs, needsNotice } = given
  return { earliest: needsNotice ? now + noticeMs : now + 1, latest: now + horizonMs }
}

/** The slots nearest to an instant, the earlier of two that are equally near first. */
export function nearest<S extends Stretch>(slots: readonly S[], to: number, count: number): S[] {
  const distance = ({ startsAt }: S) => Math.abs(startsAt - to)
  return slots
    .toSorted((a, b) => distance(a) - distance(b) || a.startsAt - b.startsAt)
    .slice(0, count)
}
