import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AuditDraft,
  type AuditRow,
  CHAIN_START,
  chainEntry,
  facilityLog,
  leafHash,
} from './audit-entry.ts'
import { verifyAuditChain } from './verify-chain.ts'

const FACILITY = '0193a7c0-0000-7000-8000-000000000001'

const draft = (n: number): AuditDraft => ({
  log: facilityLog(FACILITY),
  ts: new Date(Date.UTC(2026, 10, 21, 22, 0, n)),
  actor: { type: 'officer', actorId: '0193a7c0-0000-7000-8000-000000000002' },
  action: 'seat.admit',
  object: { type: 'seat', objectId: `seat-${n}`, visitId: '0193a7c0-0000-7000-8000-000000000003' },
  outcome: 'allow',
  detail: { note: `№ ${n}`, ms: n },
})

function chainOf(length: number): AuditRow[] {
  const rows: AuditRow[] = []
  for (let n = 0; n < length; n++) rows.push(chainEntry(rows.at(-1) ?? CHAIN_START, draft(n)))
  return rows
}

const replaceText = (row: AuditRow, from: string, to: string): AuditRow => {
  const text = new TextDecoder().decode(row.bytes).replace(from, to)
  return { ...row, bytes: new TextEncoder().encode(text) }
}

describe('chainEntry', () => {
  it('writes the bytes that a verifier in any language can hash', () => {
    const [row] = chainOf(1)
    expect(new TextDecoder().decode(row?.bytes)).toBe(
      '{"action":"seat.admit","actor":{"actorId":"0193a7c0-0000-7000-8000-000000000002","type":"officer"},' +
        '"detail":{"ms":0,"note":"№ 0"},"log":"facility/0193a7c0-0000-7000-8000-000000000001",' +
        '"object":{"objectId":"seat-0","type":"seat","visitId":"0193a7c0-0000-7000-8000-000000000003"},' +
        `"outcome":"allow","prev":"${'0'.repeat(64)}","seq":1,"ts":"2026-11-21T22:00:00.000Z","v":1}`,
    )
    // printf '\0'"$bytes" | sha256sum
    expect(leafHash(new TextEncoder().encode('{}'))).toBe(
      '28a3a18f6cd6406b086e9ffda1f9b8a13dbcf44b0f3f32cb9031a11fd053acf9',
    )
  })
})

describe('verifyAuditChain', () => {
  it('[TR-2] finds an untouched log whole', () => {
    const rows = chainOf(5)
    expect(verifyAuditChain(rows)).toMatchObject({
      isWhole: true,
      head: { seq: 5n, hash: rows[4]?.hash },
    })
    expect(verifyAuditChain([])).toEqual({ isWhole: true, head: CHAIN_START })
  })

  it('[TR-2] names an edited entry', () => {
    const rows = chainOf(5)
    rows[2] = replaceText(rows[2]!, '"allow"', '"deny"')
    expect(verifyAuditChain(rows)).toEqual({ isWhole: false, seq: 3n, fault: 'EDITED' })
  })

  it('[TR-2] names the link that breaks when an edited entry was hashed anew', () => {
    const rows = chainOf(5)
    const edited = replaceText(rows[2]!, '"allow"', '"deny"')
    rows[2] = { ...edited, hash: leafHash(edited.bytes) }
    expect(verifyAuditChain(rows)).toEqual({ isWhole: false, seq: 4n, fault: 'BROKEN_LINK' })
  })

  it('[TR-2] names the gap that a deleted entry leaves', () => {
    expect(verifyAuditChain(chainOf(5).toSpliced(1, 1))).toEqual({
      isWhole: false,
      seq: 2n,
      fault: 'MISSING',
    })
  })

  it('[TR-2] sees a cut-off end against a head kept elsewhere', () => {
    const rows = chainOf(5)
    const verdict = verifyAuditChain(rows.slice(0, 3), rows[4])
    expect(verdict).toEqual({ isWhole: false, seq: 4n, fault: 'TRUNCATED' })
  })

  it('[TR-2] sees a history written anew against a head kept elsewhere', () => {
    const verdict = verifyAuditChain(chainOf(5), { seq: 3n, hash: 'f'.repeat(64) })
    expect(verdict).toEqual({ isWhole: false, seq: 3n, fault: 'BROKEN_LINK' })
  })

  it('[TR-2] never passes a log in which any two entries were swapped or any byte was changed', () => {
    const rows = chainOf(6)
    const place = fc.integer({ min: 0, max: 5 })
    fc.assert(
      fc.property(place, place, (a, b) => {
        const swapped = rows.with(a, rows[b]!).with(b, rows[a]!)
        expect(verifyAuditChain(swapped).isWhole).toBe(a === b)
      }),
    )
    fc.assert(
      fc.property(place, fc.nat(), fc.integer({ min: 1, max: 255 }), (at, byte, flip) => {
        const bytes = rows[at]!.bytes.slice()
        const index = byte % bytes.length
        bytes[index] = bytes[index]! ^ flip
        const verdict = verifyAuditChain(rows.with(at, { ...rows[at]!, bytes }))
        expect(verdict).toEqual({ isWhole: false, seq: BigInt(at + 1), fault: 'EDITED' })
      }),
    )
  })
})
