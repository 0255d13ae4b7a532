import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { nameSourceLines } from './source-lines.ts'

const own = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace')
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'visavis-lines-'))
})
afterEach(() => {
  Object.defineProperty(
    Error,
    'prepareStackTrace',
    own ?? { value: undefined, configurable: true, writable: true },
  )
  rmSync(folder, { recursive: true, force: true })
})

/** A bundle of two lines, the second of which throws and comes from line 42 of its source. */
async function traceOf({ withMap }: { withMap: boolean }): Promise<string> {
  const file = join(folder, 'main.mjs')
  writeFileSync(file, `export const fail = () => {\n  throw new TypeError('no')\n}\n`)
  // Three lines, of which the second maps its column 0 to source 0, line 41 (counted from 0), column 0.
  const map = { version: 3, sources: ['../src/deep.ts'], names: [], mappings: ';AAyCA;' }
  if (withMap) writeFileSync(`${file}.map`, JSON.stringify(map))
  nameSourceLines(file)
  const { fail } = (await import(/* @vite-ignore */ file)) as { fail: () => never }
  try {
    return fail()
  } catch (error) {
    return (error as Error).stack ?? ''
  }
}

test('a trace names the source of the bundle, and everything else as it is', async () => {
  const [said, first, ...others] = (await traceOf({ withMap: true })).split('\n')
  expect(said).toBe('TypeError: no')
  expect(first).toBe(`    at fail (${join(folder, '../src/deep.ts')}:42:1)`)
  expect(others.join('\n')).toContain('source-lines.test')
})

test('without a map nothing is changed', async () => {
  expect(await traceOf({ withMap: false })).toMatch(/main\.mjs:2:/)
  expect(Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace')).toEqual(own)
})
