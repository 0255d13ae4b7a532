import { panic } from '@visavis/contract/errors'
import { LIMIT_SHAPES } from '@visavis/contract/limits'
import type { LimitCode, Limits } from '@visavis/contract/limits'

/** A limit of the law as it is stored; local dates (`YYYY-MM-DD`), both of them in force. */
export type LimitRow = {
  readonly jurisdiction: string
  readonly code: string
  readonly value: unknown
  readonly validFrom: string
  readonly validTo: string | null
}

/** The jurisdiction whose rows hold everywhere. */
export const EVERYWHERE = 'UN'

/**
 * The limits in force on a local date. Where a jurisdiction speaks for itself, that counts, and what holds
 * everywhere fills the gaps. A known limit that cannot be read is a panic: it must not be taken for none.
 */
export function limitsAt(rows: readonly LimitRow[], localDate: string): Limits {
  const inForce = rows.filter((row) => isInForce(row, localDate))
  const everywhere = inForce.filter(({ jurisdiction }) => jurisdiction === EVERYWHERE)
  const own = inForce.filter(({ jurisdiction }) => jurisdiction !== EVERYWHERE)
  const values = [...everywhere, ...own].flatMap((row) =>
    isLimitCode(row.code) ? [[row.code, valueOf(row, row.code)] as const] : [],
  )
  return Object.fromEntries(values)
}

function isInForce({ validFrom, validTo }: LimitRow, localDate: string): boolean {
  return validFrom <= localDate && (validTo === null || localDate <= validTo)
}

function isLimitCode(code: string): code is LimitCode {
  return code in LIMIT_SHAPES
}

function valueOf(row: LimitRow, code: LimitCode): unknown {
  const parsed = LIMIT_SHAPES[code].safeParse(row.value)
  if (parsed.success) return parsed.data
  return panic(`the limit ${row.jurisdiction}/${row.code} of ${row.validFrom} has another shape`)
}
