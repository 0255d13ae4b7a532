import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hashFiles, hasStamp, writeStamp } from './stamps.mjs'

describe('what has been done already', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'visavis-stamps-'))
    mkdirSync(path.join(folder, 'src'))
    writeFileSync(path.join(folder, 'src/a.ts'), 'a')
    writeFileSync(path.join(folder, 'src/b.ts'), 'b')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const key = () => hashFiles([path.join(folder, 'src')], folder)

  it('has another key after an edit, a new file, a new name and a removal', () => {
    const keys = [key()]
    writeFileSync(path.join(folder, 'src/a.ts'), 'A')
    keys.push(key())
    writeFileSync(path.join(folder, 'src/c.ts'), '')
    keys.push(key())
    renameSync(path.join(folder, 'src/c.ts'), path.join(folder, 'src/d.ts'))
    keys.push(key())
    rmSync(path.join(folder, 'src/b.ts'))
    keys.push(key())
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('does not take a byte moved from one file to the next for the same content', () => {
    writeFileSync(path.join(folder, 'src/a.ts'), 'ab')
    writeFileSync(path.join(folder, 'src/b.ts'), 'c')
    const before = key()
    writeFileSync(path.join(folder, 'src/a.ts'), 'a')
    writeFileSync(path.join(folder, 'src/b.ts'), 'bc')
    expect(key()).not.toBe(before)
  })

  it('ignores what a build makes, and does not mind a missing folder', () => {
    const before = key()
    mkdirSync(path.join(folder, 'src/dist'))
    writeFileSync(path.join(folder, 'src/dist/x.js'), 'x')
    expect(key()).toBe(before)
    expect(hashFiles([path.join(folder, 'nowhere')], folder)).toMatch(/^[0-9a-f]{64}$/)
  })

  it('is done for the key it was done for, and for no other', () => {
    expect(hasStamp('client', 'k1', folder)).toBe(false)
    writeStamp('client', 'k1', folder)
    expect(hasStamp('client', 'k1', folder)).toBe(true)
    expect(hasStamp('client', 'k2', folder)).toBe(false)
  })
})
