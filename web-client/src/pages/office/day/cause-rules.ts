/** What an explanation names as the true cause of a verdict: `kind/id`, or words such as a law's. */

const KINDS = {
  restriction: 'restriction',
  'non-association': 'nonAssociation',
  suspension: 'suspension',
  blackout: 'blackout',
  claim: 'claim',
  visitor: 'visitor',
  consent: 'consent',
  inmate: 'inmate',
} as const
export type CauseKind = (typeof KINDS)[keyof typeof KINDS]

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The kind of record that a cause names; null: it is to be read as it stands. */
export function causeKindOf(because: string): CauseKind | null {
  const [name = '', id = ''] = because.split('/')
  return UUID.test(id) && name in KINDS ? KINDS[name as keyof typeof KINDS] : null
}

type About = {
  readonly visitorId: string | null
  readonly inmateId: string
  /** Monday of the visit's week. */
  readonly weekOf: string
}

/** The page of the office where the record is found; null: it has none. */
export function causePath(kind: CauseKind, { visitorId, inmateId, weekOf }: About): string | null {
  const inmate = `/office/search/inmates/${inmateId}`
  const visitor = visitorId === null ? inmate : `/office/search/visitors/${visitorId}`
  const paths: Readonly<Record<CauseKind, string | null>> = {
    restriction: visitor,
    visitor,
    consent: visitor,
    nonAssociation: inmate,
    inmate,
    suspension: '/office/suspensions',
    blackout: `/office/timetable?week=${weekOf}`,
    claim: null,
  }
  return paths[kind]
}
