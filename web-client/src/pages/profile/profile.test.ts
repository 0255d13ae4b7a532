import { DOCUMENT_KINDS as CONTRACT_KINDS } from '@visavis/contract/http'
import { describe, expect, it } from 'vitest'
import {
  DOCUMENT_KINDS,
  canShowDocuments,
  canSubmit,
  documentPath,
  documentStates,
  kindOf,
} from './documents.ts'
import type { Profile } from './documents.ts'
import { isLargeEnough, sentSize } from './picture.ts'

const NEW: Profile = {
  visitorId: 'v',
  version: 0,
  givenName: 'Anna',
  familyName: 'Petrova',
  birthDate: '1950-01-03',
  email: 'anna@example.org',
  phone: null,
  language: 'ru',
  timeZone: 'Europe/Moscow',
  verification: 'MISSING',
  rejection: null,
  documents: [],
  missing: ['ID_FRONT', 'PHOTO'],
  professional: null,
  correction: null,
  guardian: null,
}
const sent = (kind: (typeof DOCUMENT_KINDS)[number]) => ({
  documentId: kind,
  kind,
  mimeType: 'image/jpeg',
  sizeBytes: 1,
  width: 800,
  height: 600,
  uploadedAt: '2026-11-22T10:00:00.000Z',
})

describe('documents', () => {
  it('are every kind that the contract has, each with an address of its own', () => {
    expect(DOCUMENT_KINDS).toEqual(CONTRACT_KINDS)
    const named = (kind: (typeof DOCUMENT_KINDS)[number]) =>
      kindOf(documentPath(kind, NEW).split('/').at(-1))
    expect(DOCUMENT_KINDS.map(named)).toEqual(DOCUMENT_KINDS)
    const guardian = { visitorId: 'g', displayName: 'Anna', consentEndedAt: null }
    const ofChild = documentPath('PHOTO', { ...NEW, guardian })
    expect(ofChild).toBe('/profile/children/v/documents/photo')
    expect(kindOf('passport')).toBeNull()
  })

  it('can be sent until a person is confirmed, and again for what is put right', () => {
    expect(canShowDocuments(NEW)).toBe(true)
    const verified = { ...NEW, verification: 'VERIFIED' } as const
    expect(canShowDocuments(verified)).toBe(false)
    const correction = { givenName: 'Anna', familyName: 'Ivanova', birthDate: '1950-01-03' }
    expect(canShowDocuments({ ...verified, correction })).toBe(true)
  })

  it('can be handed in once nothing needed is missing, and again after a rejection', () => {
    expect(canSubmit(NEW)).toBe(false)
    expect(canSubmit({ ...NEW, missing: [] })).toBe(true)
    expect(canSubmit({ ...NEW, missing: [], verification: 'REJECTED' })).toBe(true)
    expect(canSubmit({ ...NEW, missing: [], verification: 'SUBMITTED' })).toBe(false)
    expect(canSubmit({ ...NEW, missing: [], verification: 'VERIFIED' })).toBe(false)
  })

  it('show which one was rejected until it is sent anew', () => {
    const rejected: Profile = {
      ...NEW,
      verification: 'REJECTED',
      rejection: { reason: 'PICTURE_BLURRED', field: 'ID_FRONT' },
      documents: [sent('PHOTO')],
      missing: ['ID_FRONT'],
    }
    const marked = (profile: Profile) =>
      documentStates(profile)
        .filter(({ isRejected }) => isRejected)
        .map(({ kind }) => kind)
    expect(marked(rejected)).toEqual(['ID_FRONT'])
    expect(marked({ ...rejected, documents: [sent('PHOTO'), sent('ID_FRONT')] })).toEqual([])
  })
})

describe('a picture', () => {
  it('is made smaller for a poor line, never larger', () => {
    expect(sentSize({ width: 4800, height: 3600 })).toEqual({ width: 2400, height: 1800 })
    expect(sentSize({ width: 3000, height: 4000 })).toEqual({ width: 1800, height: 2400 })
    expect(sentSize({ width: 640, height: 480 })).toEqual({ width: 640, height: 480 })
  })

  it('must be large enough to be read, upright or lying', () => {
    expect(isLargeEnough({ width: 600, height: 400 })).toBe(true)
    expect(isLargeEnough({ width: 400, height: 600 })).toBe(true)
    expect(isLargeEnough({ width: 599, height: 599 })).toBe(false)
    expect(isLargeEnough({ width: 2000, height: 300 })).toBe(false)
  })
})
