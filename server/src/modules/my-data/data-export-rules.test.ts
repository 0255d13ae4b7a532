import { describe, expect, it } from 'vitest'
import { dataExportView, stateAt } from './data-export-rules.ts'
import type { DataExportRow } from './data-export-rules.ts'
import { dataKeyOf } from './data-key.ts'

const AT = new Date('2026-11-22T12:00:00.000Z')
const ROW: DataExportRow = {
  ...{ exportId: 'e', visitorId: 'child', state: 'READY', askedAt: AT, expiresAt: AT },
  ...{ bytes: 3, sha256: 'a', downloads: 0 },
  visitor: { givenName: 'Anna', familyName: 'Petrova' },
}

describe('a copy of own data', () => {
  it('is over at its instant, before any job has been there', () => {
    expect(stateAt(ROW, new Date(AT.getTime() - 1))).toBe('READY')
    expect(stateAt(ROW, AT)).toBe('EXPIRED')
    expect(stateAt({ state: 'ASKED', expiresAt: null }, AT)).toBe('ASKED')
  })

  it('names a child, and not whoever asks about themselves', () => {
    const of = (ownId: string) => dataExportView(ROW, { ownId, now: AT }).child
    expect(of('child')).toBeNull()
    expect(of('guardian')).toEqual({ visitorId: 'child', displayName: 'Anna Petrova' })
  })

  it('has a key that takes root, salt and its own id', () => {
    const key = (root: string, salt: number, exportId: string) =>
      Buffer.from(
        dataKeyOf(root.repeat(64), { exportId, salt: new Uint8Array(32).fill(salt) }),
      ).toString('hex')
    const keys = [key('a', 1, 'x'), key('b', 1, 'x'), key('a', 2, 'x'), key('a', 1, 'y')]
    expect(new Set(keys).size).toBe(4)
    expect(key('a', 1, 'x')).toBe(keys[0])
  })
})
