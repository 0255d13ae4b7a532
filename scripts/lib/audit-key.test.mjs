import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isHandOver } from '../../server/src/modules/audit-log/audit-key.ts'
import { readVerifierKey } from '../../server/src/modules/audit-log/note.ts'
import { auditKeyFile, changeAuditKey, provideAuditKey, verifierKeyOf } from './audit-key.mjs'

const ORIGIN = 'https://visits.example.org'
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'visavis-audit-key-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('[TR-2] the key of checkpoints', () => {
  it('is made once, in a file that only its owner reads and nobody writes', () => {
    const file = provideAuditKey(auditKeyFile(folder))
    expect(statSync(file).mode & 0o777).toBe(0o400)
    const pem = readFileSync(file, 'utf8')
    expect(readFileSync(provideAuditKey(file), 'utf8')).toBe(pem)
    expect(readVerifierKey(verifierKeyOf(file, ORIGIN))).toMatchObject({
      name: 'visits.example.org',
      kind: 'log',
    })
  })

  it('is changed with the word of the old one for the new one', () => {
    const file = provideAuditKey(auditKeyFile(folder))
    const known = verifierKeyOf(file, ORIGIN)
    const { before, now } = changeAuditKey(file, ORIGIN)
    expect(before).toBe(known)
    expect(verifierKeyOf(file, ORIGIN)).toBe(now)
    const [old, next] = [readVerifierKey(before), readVerifierKey(now)]
    const note = readFileSync(`${file}.handover`, 'utf8')
    expect(old && next && isHandOver(note, old, next)).toBe(true)
    expect(old && next && isHandOver(note, next, old)).toBe(false)
    expect(old && next && isHandOver(note.replace(now, before), old, next)).toBe(false)
    expect(statSync(`${file}.before`).mode & 0o777).toBe(0o400)
  })
})
