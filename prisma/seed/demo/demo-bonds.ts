import type {
  MatchKind,
  RelationshipKind,
  VerificationState,
} from '../../generated/client/enums.ts'

/** Visitors who act for others, and where a person found, or has to find, them on a register. */
export const DEMO_PROFESSIONALS = [
  {
    visitor: 'boris',
    kind: 'LAWYER',
    registerName: 'Example register of advocates',
    registerNumber: '77/1234',
    state: 'VERIFIED',
  },
  {
    visitor: 'sergei',
    kind: 'LAWYER',
    registerName: 'Example register of advocates',
    registerNumber: '24/0815',
    state: 'SUBMITTED',
  },
] as const satisfies readonly {
  visitor: string
  kind: RelationshipKind
  registerName: string
  registerNumber: string
  state: VerificationState
}[]

type DemoRelationship = {
  readonly visitor: string
  readonly inmate: string
  readonly kind: RelationshipKind
  readonly isApproved: boolean
  /** Something has happened to them that the desk must decide; the visits to join are others'. */
  readonly isOfDesk?: true
}

export const DEMO_RELATIONSHIPS: readonly DemoRelationship[] = [
  { visitor: 'anna', inmate: 'dmitri', kind: 'PARENT', isApproved: true },
  { visitor: 'galina', inmate: 'pavel', kind: 'PARTNER', isApproved: true },
  { visitor: 'aliya', inmate: 'timur', kind: 'SIBLING', isApproved: true },
  { visitor: 'maria', inmate: 'viktor', kind: 'PARTNER', isApproved: true },
  { visitor: 'emma', inmate: 'mark', kind: 'PARENT', isApproved: true },
  { visitor: 'olga', inmate: 'ilya', kind: 'PARENT', isApproved: true },
  { visitor: 'anna', inmate: 'pavel', kind: 'FRIEND', isApproved: false },
  { visitor: 'emma', inmate: 'viktor', kind: 'FRIEND', isApproved: false },
  { visitor: 'boris', inmate: 'dmitri', kind: 'LAWYER', isApproved: true },
  { visitor: 'larisa', inmate: 'rustam', kind: 'PARENT', isApproved: true, isOfDesk: true },
  { visitor: 'sergei', inmate: 'rustam', kind: 'LAWYER', isApproved: false, isOfDesk: true },
  { visitor: 'polina', inmate: 'stepan', kind: 'CHILD', isApproved: true, isOfDesk: true },
  { visitor: 'tamara', inmate: 'anton', kind: 'PARENT', isApproved: true, isOfDesk: true },
]

type DemoRequest = {
  readonly visitor: string
  readonly facility: string
  /** The inmate whom the typed name, number and birth date match. */
  readonly inmate: string
  readonly match: MatchKind
  readonly kind: RelationshipKind
  readonly inmateNumber: string
  readonly givenName: string
  readonly familyName: string
  readonly birthDate: string
}

/** What two visitors typed, waiting for the facility: one exactly right, one a letter and a day off (EL-3). */
export const DEMO_REQUESTS: readonly DemoRequest[] = [
  {
    visitor: 'maria',
    facility: 'krasnoyarsk',
    inmate: 'dmitri',
    match: 'EXACT',
    kind: 'FRIEND',
    inmateNumber: 'K-1001',
    givenName: 'Dmitri',
    familyName: 'Sokolov',
    birthDate: '1988-03-14',
  },
  {
    visitor: 'olga',
    facility: 'kaliningrad',
    inmate: 'mark',
    match: 'NEAR',
    kind: 'OTHER_RELATIVE',
    inmateNumber: 'G-2002',
    givenName: 'Marc',
    familyName: 'Weber',
    birthDate: '1990-09-08',
  },
  {
    visitor: 'nina',
    facility: 'krasnoyarsk',
    inmate: 'timur',
    match: 'EXACT',
    kind: 'FRIEND',
    inmateNumber: 'K-1003',
    givenName: 'Timur',
    familyName: 'Akhmetov',
    birthDate: '1993-07-21',
  },
]
