import type { VisitClass } from '@visavis/contract/media-policy'
import type { Occurrence } from './slot-rules.ts'

/** What a slot takes in, and whether it still takes in anybody. */
export type SlotTerms = {
  readonly isOpen: boolean
  readonly capacity: number
  /** Wings whose inmates it is for; empty: all. */
  readonly wings: readonly string[]
}

/** A slot that exists. */
export type StoredSlot = SlotTerms & {
  readonly slotId: string
  readonly startsAt: Date
  readonly endsAt: Date
  readonly visitClass: VisitClass
}

/** What a template offers after it was saved. */
export type WantedSlots = Omit<SlotTerms, 'isOpen'> & {
  readonly visitClass: VisitClass
  readonly occurrences: readonly Occurrence[]
}

/** What saving a template does to its slots. */
export type SlotPlan = {
  readonly added: readonly Occurrence[]
  /** Ids of slots that stay open with the template's new terms. */
  readonly kept: readonly string[]
  /** Ids of closed slots that the template offers again. */
  readonly reopened: readonly string[]
  /** Ids of slots that are closed; their visits stay in them. */
  readonly removed: readonly string[]
}

/**
 * Compares the slots of a template with what it now offers. A slot's time and class never change: a
 * slot of another length or class is another slot, and the old one is closed (BK-7).
 */
export function planSlots(stored: readonly StoredSlot[], wanted: WantedSlots): SlotPlan {
  const { visitClass, occurrences } = wanted
  const names = new Set(stored.map(nameOf))
  const wantedNames = new Set(occurrences.map((one) => nameOf({ ...one, visitClass })))
  const standing = stored.filter((slot) => wantedNames.has(nameOf(slot)))
  return {
    added: occurrences.filter((one) => !names.has(nameOf({ ...one, visitClass }))),
    kept: idsOf(standing.filter(({ isOpen }) => isOpen)),
    reopened: idsOf(standing.filter(({ isOpen }) => !isOpen)),
    removed: idsOf(stored.filter((slot) => slot.isOpen && !wantedNames.has(nameOf(slot)))),
  }
}

type Named = Pick<StoredSlot, 'startsAt' | 'endsAt' | 'visitClass'>

function nameOf({ startsAt, endsAt, visitClass }: Named): string {
  return `${startsAt.getTime()}/${endsAt.getTime()}/${visitClass}`
}

function idsOf(slots: readonly StoredSlot[]): string[] {
  return slots.map(({ slotId }) => slotId)
}

/** A live visit in a slot, as far as its place depends on the slot's terms. */
export type SeatedVisit = {
  readonly slotId: string | null
  /** The numbered place in the slot, from 1. */
  readonly slotPlace: number | null
  readonly inmateWing: string
}

/** The visits that a change takes the place away from, and those that it gives it back to. */
export type SeatedChange<Visit> = { readonly affected: Visit[]; readonly healed: Visit[] }

/** Sorts the visits of a template's slots by what a plan does to them. */
export function changeOf<Visit extends SeatedVisit>(
  { before, plan, wanted }: { before: readonly StoredSlot[]; plan: SlotPlan; wanted: WantedSlots },
  visits: readonly Visit[],
): SeatedChange<Visit> {
  const terms = new Map(before.map((slot) => [slot.slotId, slot]))
  const standing = new Set([...plan.kept, ...plan.reopened])
  const judged = visits.map((visit) => {
    const slot = terms.get(visit.slotId ?? '')
    const isOpen = standing.has(visit.slotId ?? '')
    return {
      visit,
      fitted: slot !== undefined && fitsIn(slot, visit),
      fits: fitsIn({ ...wanted, isOpen }, visit),
    }
  })
  return {
    affected: judged.filter(({ fitted, fits }) => fitted && !fits).map(({ visit }) => visit),
    healed: judged.filter(({ fitted, fits }) => !fitted && fits).map(({ visit }) => visit),
  }
}

function fitsIn({ isOpen, capacity, wings }: SlotTerms, visit: SeatedVisit): boolean {
  const isForWing = wings.length === 0 || wings.includes(visit.inmateWing)
  return isOpen && (visit.slotPlace ?? 1) <= capacity && isForWing
}
