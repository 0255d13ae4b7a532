import { createPrivateKey } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadSecrets } from './secrets.mjs'

let folder
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'visavis-secrets-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const file = () => path.join(folder, 'secrets.json')

describe('the secrets of one checkout', () => {
  it('are made once, for their owner only', () => {
    const made = loadSecrets(folder)
    expect(made.documentKey).toMatch(/^[0-9a-f]{64}$/)
    const key = Buffer.from(made.certificateKey, 'base64')
    expect(createPrivateKey({ key, format: 'der', type: 'pkcs8' }).asymmetricKeyType).toBe(
      'ed25519',
    )
    expect(loadSecrets(folder)).toEqual(made)
    expect(statSync(file()).mode & 0o777).toBe(0o600)
  })

  it('of an earlier version keep what they are and get what came later, once', () => {
    const old = { controlSecret: 'c'.repeat(64), grantSecret: 'g'.repeat(64) }
    writeFileSync(file(), JSON.stringify(old))
    const loaded = loadSecrets(folder)
    expect(loaded).toMatchObject(old)
    expect(loaded.documentKey).toMatch(/^[0-9a-f]{64}$/)
    expect(loaded.keyRoot).toMatch(/^[0-9a-f]{64}$/)
    expect(loaded.certificateKey).not.toBe('')
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual(loaded)
    expect(loadSecrets(folder)).toEqual(loaded)
  })

  it('are refused when the file is damaged, and the cure is said', () => {
    writeFileSync(file(), '{"controlSecret": "c')
    expect(() => loadSecrets(folder)).toThrow(/is damaged/)
  })
})
