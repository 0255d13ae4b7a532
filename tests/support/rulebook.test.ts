import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const RULE_ROW = /^\| ((?:EL|BK|LV|OV|RC|TR)-\d+) \|.*\| (●|◐|○) \|$/gm
const QUOTED = /\[((?:EL|BK|LV|OV|RC|TR)-\d+)\]/g

function rules(): Map<string, string> {
  const text = readFileSync(join(ROOT, 'RULES.md'), 'utf8')
  return new Map([...text.matchAll(RULE_ROW)].map(([, id = '', now = '']) => [id, now]))
}

/** Rule ids that the names of tests quote. */
function quotedRules(): Set<string> {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  const tests = files.split('\n').filter((file) => /\.test\.(ts|tsx|mjs)$/.test(file))
  const texts = tests.map((file) => readFileSync(join(ROOT, file), 'utf8'))
  return new Set(texts.flatMap((text) => [...text.matchAll(QUOTED)].map(([, id = '']) => id)))
}

describe('the rulebook', () => {
  it('has every rule once, each saying how far it is built', () => {
    expect(rules().size).toBe(9 + 13 + 11 + 9 + 7 + 6)
  })

  it('is quoted by tests that prove its rules, and tests quote no other', () => {
    const known = rules()
    const unknown = [...quotedRules()].filter((id) => !known.has(id))
    expect(unknown).toEqual([])
  })

  it('calls a rule built only where a test proves it', () => {
    const quoted = quotedRules()
    const unproven = [...rules()].filter(([id, now]) => now !== '○' && !quoted.has(id))
    expect(unproven.map(([id]) => id)).toEqual([])
  })
})
