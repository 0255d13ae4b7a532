import type { FieldCipher } from './field-cipher.ts'
import { isSealed } from './field-cipher.ts'
import { SEALED_NAMES } from './sealed-fields.ts'

/** What an erased person's date of birth reads as: a day before anybody alive, so that every age rule is safe. */
export const ERASED_BIRTH_DATE = '1900-01-01'

type Found = {
  readonly at: Record<string, unknown>
  readonly name: string
  readonly sealed: string
}

/** Opens in place whatever stands sealed under one of the names of personal fields, however deep. */
export async function openResult(cipher: FieldCipher, result: unknown): Promise<void> {
  const found: Found[] = []
  collect(result, found)
  if (found.length === 0) return
  const opened = await Promise.all(found.map(({ name, sealed }) => cipher.open(name, sealed)))
  for (const [at, { at: row, name }] of found.entries()) {
    row[name] = valueOf(name, opened[at] ?? null)
  }
}

function collect(value: unknown, found: Found[]): void {
  if (Array.isArray(value)) {
    for (const each of value) collect(each, found)
  } else if (isPlain(value)) {
    for (const name in value) {
      const inner = value[name]
      if (typeof inner === 'object') collect(inner, found)
      else if (typeof inner === 'string' && SEALED_NAMES.has(name) && isSealed(inner)) {
        found.push({ at: value, name, sealed: inner })
      }
    }
  }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !(value instanceof Date) &&
    !ArrayBuffer.isView(value)
  )
}

function valueOf(name: string, plain: string | null): unknown {
  if (name === 'reply') return plain === null ? null : JSON.parse(plain)
  return plain ?? (name.endsWith('irthDate') ? ERASED_BIRTH_DATE : '')
}
