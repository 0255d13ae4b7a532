import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const ROW = /^\| (\d+\.\d+\.\d+) \| ([^|]+) \| (proved|not applicable|open) \| ([^|]+) \|$/gm
const TEST = /^`([^`]+)` “(.+)”$/

/** How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has; in all of them they come first. */
const SECTIONS: readonly (readonly [section: string, requirements: readonly number[]])[] = [
  ['1', [2, 9, 11, 3, 2]],
  ['2', [3, 3, 4, 1]],
  ['3', [0, 2, 4, 6, 5, 0, 2]],
  ['4', [3, 1, 2, 4]],
  ['5', [1, 3, 2, 3]],
  ['6', [3, 12, 4, 4, 5, 3, 0, 4]],
  ['7', [3, 4, 2, 5, 2, 2]],
  ['8', [2, 3, 1, 1]],
  ['9', [3, 4]],
  ['10', [2, 2, 4, 11, 5, 2, 3]],
  ['11', [2, 3, 3, 4, 1, 1]],
  ['12', [3, 2, 4]],
  ['13', [1, 5, 2, 5]],
  ['14', [2, 4, 3]],
  ['15', [3, 3, 7]],
  ['16', [1, 5, 4, 3, 3]],
  ['17', [1, 4, 2]],
]

function rows() {
  const text = readFileSync(join(ROOT, 'docs/asvs.md'), 'utf8')
  return [...text.matchAll(ROW)].map(([, id = '', what = '', state = '', shown = '']) => ({
    ...{ id, state, shown, isHigher: what.startsWith('L3') },
  }))
}

function requirements(): string[] {
  return SECTIONS.flatMap(([chapter, counts]) =>
    counts.flatMap((count, section) =>
      Array.from({ length: count }, (_, at) => `${chapter}.${section + 1}.${at + 1}`),
    ),
  )
}

describe('the matrix of ASVS', () => {
  it('has every requirement of levels 1 and 2 once, and each of level 3 at most once', () => {
    const ids = rows().map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const lower = rows().flatMap(({ id, isHigher }) => (isHigher ? [] : [id]))
    expect(lower.toSorted()).toEqual(requirements().toSorted())
    expect(lower).toHaveLength(253)
  })

  it('names a test that exists for each row that is proved, and a reason for each other', () => {
    const wrong = rows().filter(({ state, shown }) => {
      const [, file = '', name = ''] = TEST.exec(shown) ?? []
      if (state !== 'proved') return file !== '' || shown.length < 8
      const path = join(ROOT, file)
      return !existsSync(path) || name === '' || !readFileSync(path, 'utf8').includes(name)
    })
    expect(wrong).toEqual([])
  })

  it('counts at its top what stands below', () => {
    const text = readFileSync(join(ROOT, 'docs/asvs.md'), 'utf8')
    for (const state of ['proved', 'not applicable', 'open']) {
      const count = rows().filter((row) => row.state === state).length
      expect(text).toContain(`| ${state} | ${count} |`)
    }
  })
})
