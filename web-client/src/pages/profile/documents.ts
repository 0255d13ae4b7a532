import type { Reply } from '../../api/api.ts'

export type Profile = Reply<'profile'>
export type DocumentKind = Profile['missing'][number]

/** In the order in which they are asked for; the first and third are needed, the others help. */
export const DOCUMENT_KINDS = [
  'ID_FRONT',
  'ID_BACK',
  'PHOTO',
  'ADDRESS_PROOF',
] as const satisfies readonly DocumentKind[]

export type DocumentState = {
  readonly kind: DocumentKind
  /** When it was sent; null: it was not. */
  readonly uploadedAt: string | null
  readonly isMissing: boolean
  /** The staff want this one anew. */
  readonly isRejected: boolean
}

/** What there is and what is wanted, kind by kind. */
export function documentStates({ documents, missing, rejection }: Profile): DocumentState[] {
  return DOCUMENT_KINDS.map((kind) => {
    const uploadedAt = documents.find((each) => each.kind === kind)?.uploadedAt ?? null
    return {
      kind,
      uploadedAt,
      isMissing: missing.includes(kind),
      isRejected: rejection?.field === kind && uploadedAt === null,
    }
  })
}

/** Whether everything needed is there and the staff have not got it yet. */
export function canSubmit({ verification, missing }: Profile): boolean {
  return missing.length === 0 && (verification === 'MISSING' || verification === 'REJECTED')
}

/** A kind by the name in an address; null: there is none of that name. */
export function kindOf(name: string | undefined): DocumentKind | null {
  return DOCUMENT_KINDS.find((kind) => kind.toLowerCase().replace('_', '-') === name) ?? null
}

/** Whether pictures can be sent: until the staff have confirmed who it is, and for what is put right. */
export function canShowDocuments({ verification, correction }: Profile): boolean {
  return verification !== 'VERIFIED' || correction !== null
}

/** The address of one's own registration, or of a child's. */
export function profilePath({ guardian, visitorId }: Profile): string {
  return guardian === null ? '/profile' : `/profile/children/${visitorId}`
}

/** The address of the page where one is sent. */
export function documentPath(kind: DocumentKind, profile: Profile): string {
  return `${profilePath(profile)}/documents/${kind.toLowerCase().replace('_', '-')}`
}
