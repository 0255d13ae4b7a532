import { describe, expect, it } from 'vitest'
import { matchRows, sureCandidate } from './match-rules.ts'
import type { Request } from './match-rules.ts'

const typed = {
  inmateNumber: 'A1',
  givenName: 'Ivan',
  familyName: 'Petrov',
  birthDate: '1980-01-01',
}
const inmate = {
  ...typed,
  inmateId: 'i',
  familyName: 'Petroff',
  wing: 'A',
  custody: 'IN_CUSTODY',
} as const
const request: Request = {
  requestId: 'r',
  version: 0,
  state: 'REQUESTED',
  match: 'NEAR',
  kind: 'PARENT',
  visitor: {
    visitorId: 'v',
    givenName: 'Anna',
    familyName: 'Petrova',
    birthDate: '1950-01-01',
    verification: 'VERIFIED',
  },
  typed,
  candidates: [{ inmate, likeness: 0.93, differs: ['FAMILY_NAME'] }],
  dueAt: '2026-11-22T10:00:00Z',
}

describe('[EL-3] the comparison of a request with the people it may mean', () => {
  it('marks exactly what differs', () => {
    const rows = matchRows(request)
    expect(rows.map(({ part }) => part)).toEqual([
      'INMATE_NUMBER',
      'GIVEN_NAME',
      'FAMILY_NAME',
      'BIRTH_DATE',
    ])
    expect(rows[2]).toEqual({
      part: 'FAMILY_NAME',
      typed: 'Petrov',
      candidates: [{ value: 'Petroff', differs: true }],
    })
    expect(rows[0]?.candidates[0]?.differs).toBe(false)
  })

  it('chooses nobody beforehand but the one exact match', () => {
    expect(sureCandidate(request)).toBeNull()
    expect(sureCandidate({ ...request, match: 'EXACT' })).toBe('i')
    expect(sureCandidate({ ...request, match: 'EXACT', candidates: [] })).toBeNull()
  })
})
