import { z } from 'zod'
import { Instant } from '../ids.ts'
import { KEYED, SIGNED_IN, route } from './route.ts'

/** Classes of personal data that end by the clock, each with its own time. */
export const DATA_CLASSES = [
  'ID_PICTURES',
  'REQUESTS',
  'CORRECTIONS',
  'NOTICES',
  'SIGN_INS',
  'CHECK_INS',
  'DEVICE_TESTS',
  'DATA_EXPORTS',
  'INCIDENT_PEOPLE',
] as const
export const DataClass = z.enum(DATA_CLASSES)
export type DataClass = (typeof DATA_CLASSES)[number]

/** How long a class is kept, in days after it is over: as we set it up, and within which bounds it may be changed. */
export const DATA_DAYS: Readonly<
  Record<DataClass, { readonly days: number; readonly min: number; readonly max: number }>
> = {
  // Once somebody is verified, the paper itself has done its work; the photograph stays with the person.
  ID_PICTURES: { days: 180, min: 30, max: 730 },
  REQUESTS: { days: 365, min: 90, max: 1825 },
  CORRECTIONS: { days: 365, min: 90, max: 1825 },
  NOTICES: { days: 365, min: 90, max: 1095 },
  SIGN_INS: { days: 90, min: 30, max: 365 },
  CHECK_INS: { days: 180, min: 30, max: 730 },
  DEVICE_TESTS: { days: 180, min: 30, max: 730 },
  DATA_EXPORTS: { days: 365, min: 30, max: 1095 },
  // Long enough for whoever goes to court about it.
  INCIDENT_PEOPLE: { days: 1095, min: 365, max: 2190 },
}

/** A class, its time, and what goes when. */
export const DataClassView = z.object({
  dataClass: DataClass,
  days: z.number().int(),
  min: z.number().int(),
  max: z.number().int(),
  /** A shorter time that is set holds from here on; null: it holds. */
  shortensAt: Instant.nullable(),
  /** Rows that are there, that are past their day, and that go within 30 days. */
  kept: z.number().int(),
  due: z.number().int(),
  dueSoon: z.number().int(),
  /** The oldest row's day; null: there is none. */
  nextAt: Instant.nullable(),
})
export type DataClassView = z.output<typeof DataClassView>

/** What is left of what went. */
export const DataTombstone = z.object({
  tombstoneId: z.uuid(),
  dataClass: DataClass,
  destroyedAt: Instant,
  olderThan: Instant,
  days: z.number().int(),
  count: z.number().int(),
  sha256: z.string(),
})

/** How long personal data are kept besides recordings, which have rules of their own (RC-7). */
export const personalDataRoutes = {
  personalData: route({
    method: 'GET',
    path: '/api/personal-data',
    summary: 'What personal data are kept, how long, what goes when, and what went last.',
    access: { kind: 'account', roles: ['facilityAdmin', 'operatorAdmin'] },
    reply: z.object({
      classes: z.array(DataClassView),
      tombstones: z.array(DataTombstone),
      /** An open incident keeps whatever is no older than this; null: none is open. */
      heldFrom: Instant.nullable(),
    }),
    refusals: SIGNED_IN,
  }),
  setDataDays: route({
    method: 'PUT',
    path: '/api/personal-data/:dataClass',
    summary: 'Sets how long a class is kept. A shorter time holds seven days later.',
    access: { kind: 'account', roles: ['operatorAdmin'] },
    stepUp: true,
    isKeyed: true,
    params: z.object({ dataClass: DataClass }),
    body: z.strictObject({ days: z.number().int().min(1).max(3650) }),
    reply: DataClassView,
    refusals: [...SIGNED_IN, ...KEYED],
  }),
} as const
