import type { Chance } from '../support/seeded.ts'

/** A stand-in for what JSON.stringify cannot write: the text is put in its place as it is. */
const RAW = 'raw-json:'
const HUGE = 10_000
const DEEP = 200

/** What no field of ours expects: each has broken some program or other. */
const NASTY: readonly (() => unknown)[] = [
  () => null,
  () => true,
  () => '',
  () => ' \t\n',
  () => 0,
  () => -1,
  () => 1.5,
  () => 2 ** 31,
  () => 2 ** 53,
  () => 1e308,
  () => `${RAW}1e999`,
  () => `${RAW}-0`,
  () => '\u0000',
  () => 'before\u0000after',
  () => '\ud800',
  () => '\u202e\u200b\ufeff',
  () => 'Z̸̰͔͝'.repeat(100),
  () => 'x'.repeat(HUGE),
  () => '9'.repeat(400),
  () => [],
  () => ({}),
  () => Array.from({ length: HUGE }, () => 0),
  () => `${RAW}${'['.repeat(DEEP)}${']'.repeat(DEEP)}`,
  () => `${RAW}${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`,
  () => ({ toString: 'x', valueOf: 1, length: -1, then: 'x' }),
  () => `${RAW}{"__proto__":{"isAdmin":true}}`,
  () => `${RAW}{"constructor":{"prototype":{"isAdmin":true}}}`,
  () => "'; DROP TABLE visit; --",
  () => '${7*7}{{7*7}}<script>alert(1)</script>',
  () => '../../../../etc/passwd',
  () => '%00%2e%2e%2f',
  () => '00000000-0000-0000-0000-000000000000',
  () => 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
  () => '0000-01-01T00:00:00Z',
  () => '9999-12-31T23:59:59.999999999Z',
  () => '2026-02-30',
  () => '-000001-01-01',
  () => 'en-\u0000',
]

/** A value that nobody asked for. */
export function nasty(chance: Chance): unknown {
  return (chance.pick(NASTY) ?? (() => null))()
}

/** The same JSON value with one thing wrong: a field replaced, left out, doubled, renamed or added. */
export function brokenOnce(value: unknown, chance: Chance): unknown {
  if (Array.isArray(value) && value.length > 0 && chance.is(0.8)) {
    const at = chance.below(value.length)
    return value.map((each: unknown, index) => (index === at ? brokenOnce(each, chance) : each))
  }
  if (isObject(value) && Object.keys(value).length > 0 && chance.is(0.9)) {
    return brokenObject(value, chance)
  }
  return nasty(chance)
}

const EXTRA = ['__proto__', 'constructor', 'extra', 'visitId', 'isAdmin', 'facilityId', '']

function brokenObject(value: Record<string, unknown>, chance: Chance): unknown {
  const fields = Object.entries(value)
  const at = chance.below(fields.length)
  const [field = '', inner] = fields[at] ?? []
  const others = fields.filter((_, index) => index !== at)
  const way = chance.below(5)
  if (way === 0) return fromEntries(others)
  if (way === 1) return fromEntries([...fields, [chance.pick(EXTRA) ?? 'extra', nasty(chance)]])
  if (way === 2) return fromEntries([...others, [field.toUpperCase(), inner]])
  return fromEntries([...others, [field, brokenOnce(inner, chance)]])
}

/** Also a key like `__proto__` becomes one of the object's own, as JSON.parse makes it. */
function fromEntries(fields: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const made: Record<string, unknown> = {}
  for (const [field, value] of fields) {
    const shape = { value, enumerable: true, writable: true, configurable: true }
    Object.defineProperty(made, field, shape)
  }
  return made
}

/** The JSON text of a value, with the raw parts in place. */
export function jsonText(value: unknown): string {
  const text = value === undefined ? 'null' : JSON.stringify(value)
  return text.replaceAll(/"raw-json:((?:[^"\\]|\\.)*)"/g, (_, raw: string) =>
    String(JSON.parse(`"${raw}"`)),
  )
}

/** The value as a part of an address. */
export function encoded(value: unknown): string {
  const text = typeof value === 'string' ? value.replace(RAW, '') : jsonText(value)
  // A lone surrogate has no bytes.
  return encodeURIComponent(text.replaceAll(/[\ud800-\udfff]/gu, '\ufffd'))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
