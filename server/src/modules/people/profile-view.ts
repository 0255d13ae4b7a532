import type { z } from 'zod'
import type { DOCUMENT_KINDS, ProfileView } from '@visavis/contract/http'
import { fullNameOf } from '@visavis/contract/person-names'
import type { ProfileRow } from './profile.repo.ts'

type Profile = z.input<typeof ProfileView>
type DocumentKind = (typeof DOCUMENT_KINDS)[number]

/** What an identity is verified with: the document's face and the person's. */
export const NEEDED_DOCUMENTS = ['ID_FRONT', 'PHOTO'] as const satisfies DocumentKind[]

/** Which of the needed pictures are not there. */
export function missingDocuments(documents: readonly { kind: DocumentKind }[]): DocumentKind[] {
  return NEEDED_DOCUMENTS.filter((needed) => !documents.some(({ kind }) => kind === needed))
}

/** A visitor's registration as the visitor and the desk see it. */
export function profileView(row: ProfileRow): Profile {
  const { visitorId, version, givenName, familyName, email, phone, language, timeZone } = row
  const isVerified = row.verification === 'VERIFIED'
  return {
    ...{ visitorId, version, givenName, familyName, email, phone, language, timeZone },
    birthDate: row.birthDate,
    verification: row.verification,
    rejection: rejectionOf(row),
    documents: row.documents.map(documentView),
    missing: isVerified ? [] : missingDocuments(row.documents),
    professional: row.professional && professionalView(row.professional),
    correction: correctionView(row),
    guardian: guardianView(row),
  }
}

type Rejection = NonNullable<Profile['rejection']>

/** A stored reason and field, which were codes of the contract when they were stored. */
export function rejectionOf(row: {
  readonly rejectedReason: string | null
  readonly rejectedField: string | null
}): Rejection | null {
  if (row.rejectedReason === null) return null
  return {
    reason: row.rejectedReason as Rejection['reason'],
    field: row.rejectedField as Rejection['field'],
  }
}

function documentView(document: ProfileRow['documents'][number]): Profile['documents'][number] {
  const { documentId, kind, mimeType, sizeBytes, width, height } = document
  const uploadedAt = document.uploadedAt.toISOString()
  return { documentId, kind, mimeType, sizeBytes, width, height, uploadedAt }
}

function correctionView({ corrections: [asked] }: ProfileRow): Profile['correction'] {
  if (asked === undefined) return null
  const { givenName, familyName, birthDate } = asked
  return { givenName, familyName, birthDate }
}

function guardianView({ guardian, consentEndedAt }: ProfileRow): Profile['guardian'] {
  if (guardian === null) return null
  return {
    visitorId: guardian.visitorId,
    displayName: fullNameOf(guardian),
    consentEndedAt: consentEndedAt?.toISOString() ?? null,
  }
}

function professionalView(
  row: NonNullable<ProfileRow['professional']>,
): NonNullable<Profile['professional']> {
  const { registerName, registerNumber, state } = row
  return {
    kind: row.kind === 'LAWYER' ? 'LAWYER' : 'OFFICIAL',
    ...{ registerName, registerNumber, state },
    rejectedReason: row.rejectedReason as Rejection['reason'] | null,
  }
}
