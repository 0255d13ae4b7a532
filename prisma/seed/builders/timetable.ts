import type { Prisma } from '../../generated/client/client.ts'
import type { Tx } from '../../src/database.ts'
import { newId } from '../../src/ids.ts'
import { type Given, tailOf } from './given.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000
const THIRTY_MINUTES_MS = 1_800_000

/** A session template's row: Mondays at nine, 30 minutes, social, three visits at once, all wings. */
export function aTemplate(given: Given<Prisma.SessionTemplateUncheckedCreateInput, 'facilityId'>) {
  const templateId = given.templateId ?? newId()
  return {
    name: `Template ${tailOf(templateId)}`,
    weekday: 1,
    startMinute: 540,
    lengthMinutes: 30,
    validFrom: new Date('2026-01-01'),
    visitClass: 'social' as const,
    capacity: 3,
    ...given,
    templateId,
  }
}

type SlotRow = Given<
  Omit<Prisma.SlotUncheckedCreateInput, 'startsAt' | 'endsAt'>,
  'facilityId' | 'templateId'
> & { readonly startsAt?: Date; readonly endsAt?: Date }

/** A slot's row: a full hour three days ahead, 30 minutes, social, three places, all wings. */
export function aSlot(given: SlotRow) {
  const startsAt = given.startsAt ?? aFullHourSoon()
  return {
    slotId: newId(),
    endsAt: new Date(startsAt.getTime() + THIRTY_MINUTES_MS),
    visitClass: 'social' as const,
    bookingMode: 'INSTANT' as const,
    capacity: 3,
    ...given,
    startsAt,
  }
}

function aFullHourSoon(): Date {
  return new Date(Math.ceil((Date.now() + 3 * DAY_MS) / HOUR_MS) * HOUR_MS)
}

type GivenStretch<Row> = Omit<Row, 'startsAt' | 'endsAt'> & {
  readonly startsAt?: Date
  readonly endsAt?: Date
}

/** A blackout's row: a day from now on; its scope and the id of its scope are the caller's. */
export function aBlackout(
  given: GivenStretch<Given<Prisma.BlackoutUncheckedCreateInput, 'scope'>>,
) {
  const startsAt = given.startsAt ?? new Date()
  return {
    blackoutId: newId(),
    endsAt: new Date(startsAt.getTime() + DAY_MS),
    reason: 'for the example',
    ...given,
    startsAt,
  }
}

/** A suspension's row: social visits, since an hour; its scope and the id of its scope are the caller's. */
export function aSuspension(given: Given<Prisma.SuspensionUncheckedCreateInput, 'scope'>) {
  return {
    suspensionId: newId(),
    classes: ['social' as const],
    authority: 'Example authority',
    reason: 'for the example',
    startsAt: new Date(Date.now() - HOUR_MS),
    reviewAt: new Date(Date.now() + 7 * DAY_MS),
    createdBy: newId(),
    ...given,
  }
}

/** Stores {@link aTemplate}. */
export function insertTemplate(db: Tx, given: Parameters<typeof aTemplate>[0]) {
  return db.sessionTemplate.create({ data: aTemplate(given) })
}

/** Stores {@link aSlot}; without `templateId` in a template of its own. */
export async function insertSlot(
  db: Tx,
  given: Omit<SlotRow, 'templateId'> & { readonly templateId?: string },
) {
  const { facilityId } = given
  const templateId = given.templateId ?? (await insertTemplate(db, { facilityId })).templateId
  return db.slot.create({ data: aSlot({ ...given, templateId }) })
}

/** Stores {@link aBlackout}. */
export function insertBlackout(db: Tx, given: Parameters<typeof aBlackout>[0]) {
  return db.blackout.create({ data: aBlackout(given) })
}

/** Stores {@link aSuspension}. */
export function insertSuspension(db: Tx, given: Parameters<typeof aSuspension>[0]) {
  return db.suspension.create({ data: aSuspension(given) })
}
