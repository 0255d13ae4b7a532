import { newId } from '@visavis/prisma'
import type { Slot, Tx } from '@visavis/prisma'
import type { StoredSlot } from './change-rules.ts'

/** A slot that is to be: the rest of it is its template's. */
export type NewSlot = {
  readonly templateId: string
  readonly startsAt: Date
  readonly endsAt: Date
}

/** The terms that a template gives to slots which stand already. */
export type NewTerms = Pick<Slot, 'capacity' | 'wings' | 'bookingMode'>

/** Rows of slots. */
export const slotsRepo = {
  slot: (tx: Tx, slotId: string): Promise<Slot | null> => tx.slot.findUnique({ where: { slotId } }),
  /** The slots of a template that have not begun. */
  comingOf: async (tx: Tx, templateId: string, now: Date): Promise<StoredSlot[]> => {
    const slots = await tx.slot.findMany({ where: { templateId, startsAt: { gt: now } } })
    return slots.map((slot) => ({ ...slot, isOpen: slot.closedAt === null }))
  },
  /**
   * Against bookings into the slots of a template that have not begun: those that are being made are
   * waited for, and later ones find the slots as they are after this transaction.
   */
  lockComing: async (tx: Tx, templateId: string, now: Date): Promise<void> => {
    await tx.$queryRaw`
      SELECT 1 FROM slot WHERE template_id = ${templateId}::uuid AND starts_at > ${now}
      ORDER BY slot_id FOR UPDATE`
  },
  /** Stores slots with the terms of their templates; one that is open already at that time stays. */
  add: async (tx: Tx, slots: readonly NewSlot[]): Promise<number> => {
    if (slots.length === 0) return 0
    return tx.$executeRaw`
      INSERT INTO slot (slot_id, template_id, facility_id, starts_at, ends_at, visit_class,
        booking_mode, capacity, wings)
      SELECT given.slot_id, t.template_id, t.facility_id, given.starts_at, given.ends_at,
        t.visit_class, t.booking_mode, t.capacity, t.wings
      FROM unnest(
        ${slots.map(() => newId())}::uuid[],
        ${slots.map(({ templateId }) => templateId)}::uuid[],
        ${slots.map(({ startsAt }) => startsAt)}::timestamptz[],
        ${slots.map(({ endsAt }) => endsAt)}::timestamptz[]
      ) AS given (slot_id, template_id, starts_at, ends_at)
      JOIN session_template t USING (template_id)
      ON CONFLICT DO NOTHING`
  },
  close: async (tx: Tx, slotIds: readonly string[], closedAt: Date): Promise<void> => {
    await tx.slot.updateMany({ where: { slotId: { in: [...slotIds] } }, data: { closedAt } })
  },
  /** Opens slots, or leaves them open, with new terms; visits in them stay. */
  open: async (tx: Tx, slotIds: readonly string[], terms: NewTerms): Promise<void> => {
    const data = { ...terms, closedAt: null }
    await tx.slot.updateMany({ where: { slotId: { in: [...slotIds] } }, data })
  },
  /** Slots of a facility that begin within a stretch of time, in order. */
  within: (tx: Tx, facilityId: string, { from, to }: { from: Date; to: Date }): Promise<Slot[]> =>
    tx.slot.findMany({
      where: { facilityId, startsAt: { gte: from, lt: to } },
      orderBy: [{ startsAt: 'asc' }, { slotId: 'asc' }],
    }),
  /** How many places of each slot are taken, or were; a slot without any is absent. */
  used: async (tx: Tx, slotIds: readonly string[], now: Date): Promise<Map<string, number>> => {
    const rows = await tx.$queryRaw<{ slotId: string; used: number }[]>`
      SELECT slot_id AS "slotId", count(*)::int AS used FROM visit
      WHERE slot_id = ANY(${[...slotIds]}::uuid[])
        AND (booking_state IN ('REQUESTED', 'CONFIRMED', 'FULFILLED')
          OR (booking_state = 'HELD' AND hold_expires_at > ${now}))
      GROUP BY slot_id`
    return new Map(rows.map(({ slotId, used }) => [slotId, used]))
  },
  /** The open slots of a template that begin at or after an instant, in order. */
  openOf: (tx: Tx, templateId: string, from: Date): Promise<Slot[]> =>
    tx.slot.findMany({
      where: { templateId, closedAt: null, startsAt: { gte: from } },
      orderBy: { startsAt: 'asc' },
    }),
}
