/** Whose key seals what belongs to nobody yet: a registration that was not confirmed, a mail to its address. */
export const NOBODY = '00000000-0000-0000-0000-000000000000'

/** A table with sealed fields. */
export type SealedTable = {
  readonly table: string
  readonly idColumn: string
  /** Fields that name the owner of the key; the first that has a value does. */
  readonly owners: readonly string[]
  /** Whether a row without an owner is sealed under {@link NOBODY}'s key. */
  readonly orNobody: boolean
  /** Each sealed field, its column, and where equal values are found the field and column of the index. */
  readonly fields: Readonly<Record<string, SealedField>>
}
export type SealedField = {
  readonly column: string
  readonly index?: { readonly field: string; readonly column: string }
}

/** Every model with fields that are sealed under a person's key; docs/privacy.md says why these. */
export const SEALED_TABLES: Readonly<Record<string, SealedTable>> = {
  Visitor: {
    table: 'visitor',
    idColumn: 'visitor_id',
    owners: ['visitorId'],
    orNobody: false,
    fields: {
      birthDate: { column: 'birth_date' },
      email: { column: 'email', index: { field: 'emailIndex', column: 'email_index' } },
      phone: { column: 'phone' },
    },
  },
  Inmate: {
    table: 'inmate',
    idColumn: 'inmate_id',
    owners: ['inmateId'],
    orNobody: false,
    fields: { birthDate: { column: 'birth_date' } },
  },
  Account: {
    table: 'account',
    idColumn: 'account_id',
    owners: ['accountId'],
    orNobody: false,
    fields: { login: { column: 'login', index: { field: 'loginIndex', column: 'login_index' } } },
  },
  PendingRegistration: {
    table: 'pending_registration',
    idColumn: 'registration_id',
    owners: [],
    orNobody: true,
    fields: {
      birthDate: { column: 'birth_date' },
      email: { column: 'email', index: { field: 'emailIndex', column: 'email_index' } },
      phone: { column: 'phone' },
    },
  },
  IdentityCorrection: {
    table: 'identity_correction',
    idColumn: 'correction_id',
    owners: ['visitorId'],
    orNobody: false,
    fields: {
      birthDate: { column: 'birth_date' },
      wasBirthDate: { column: 'was_birth_date' },
    },
  },
  RelationshipRequest: {
    table: 'relationship_request',
    idColumn: 'request_id',
    owners: ['visitorId'],
    orNobody: false,
    fields: { birthDate: { column: 'birth_date' } },
  },
  MailCode: {
    table: 'mail_code',
    idColumn: 'mail_code_id',
    owners: ['accountId'],
    orNobody: true,
    fields: { email: { column: 'email' } },
  },
  Notice: {
    table: 'notice',
    idColumn: 'notice_id',
    owners: ['visitorId', 'inmateId'],
    orNobody: true,
    fields: {
      address: { column: 'address', index: { field: 'addressIndex', column: 'address_index' } },
    },
  },
}

/** The names under which sealed values are read, whatever the query: nothing else is ever opened. */
export const SEALED_NAMES: ReadonlySet<string> = new Set([
  ...Object.values(SEALED_TABLES).flatMap(({ fields }) => Object.keys(fields)),
  // A keyed write's kept answer (`platform/once.ts`), sealed whole.
  'reply',
])
