import type { ErrorCode } from '@visavis/contract/errors'
import type { Role } from '@visavis/contract/http'
import type { MonitorMode, VisitClass } from '@visavis/contract/media-policy'

/** Who asks, and where they belong. */
export type Asker = {
  readonly role: Role
  readonly accountId: string
  readonly officerId: string | null
  readonly facilityId: string | null
  readonly operatorId: string | null
}

/** What is asked for, as far as a decision depends on it. */
export type Thing = {
  readonly facilityId: string
  readonly visitClass?: VisitClass
  /** What the visit's policy lets be watched. */
  readonly monitor?: MonitorMode
  readonly isOver?: boolean
  /** Whose it is: who opened the play, or asked for what is decided now. */
  readonly by?: Pick<Asker, 'accountId' | 'officerId'>
}

/** Permits: who may do it at all. Nobody else may, whatever else is true. */
export const PERMITS = {
  'recording.play': permit('P-1', ['investigator']),
  'recording.playOn': permit('P-2', ['investigator']),
  'export.ask': permit('P-3', ['investigator']),
  'export.decide': permit('P-4', ['investigator', 'facilityAdmin']),
  'export.download': permit('P-5', ['investigator']),
  'export.takeBack': permit('P-6', ['investigator', 'facilityAdmin']),
  'kept.hold': permit('P-7', ['facilityAdmin', 'investigator']),
  'kept.destroy': permit('P-8', ['facilityAdmin', 'investigator']),
  'hold.change': permit('P-9', ['facilityAdmin', 'investigator']),
  'hold.decideRelease': permit('P-10', ['facilityAdmin', 'investigator']),
  'destruction.decide': permit('P-11', ['facilityAdmin', 'investigator']),
  'tombstone.read': permit('P-12', ['facilityAdmin', 'investigator', 'auditor']),
  'objection.read': permit('P-13', ['scheduler', 'facilityAdmin']),
  'visit.watch': permit('P-14', ['officer']),
  'visit.watchStills': permit('P-15', ['officer']),
} as const satisfies Record<string, Permit>

export type Action = keyof typeof PERMITS
type Permit = { readonly rule: string; readonly roles: readonly Role[] }

function permit(rule: string, roles: readonly Role[]): Permit {
  return { rule, roles }
}

/** `ABSENT`: the same answer as for something that is nowhere (EL-2). */
export type Denial = ErrorCode | 'ABSENT'
type Forbid = {
  readonly rule: string
  readonly why: string
  readonly code: Denial
  readonly applies: (asked: Asked) => boolean
}
type Asked = { readonly asker: Asker; readonly action: Action; readonly thing: Thing }

/** One's own doing, which nobody takes over. */
const PERSONAL: readonly Action[] = ['recording.playOn', 'export.download']
/** Decisions about what somebody else has asked for. */
const SECOND: readonly Action[] = ['export.decide', 'hold.decideRelease', 'destruction.decide']
const LIVE: readonly Action[] = ['visit.watch', 'visit.watchStills']
const RECORDED: readonly Action[] = ['recording.play', 'recording.playOn', 'export.ask']

/** Forbids: each of them overrides every permit. The first that applies is named. */
export const FORBIDS: readonly Forbid[] = [
  {
    rule: 'F-1',
    why: 'It belongs to another facility.',
    code: 'ABSENT',
    applies: (asked) => !isWithinReach(asked),
  },
  {
    rule: 'F-2',
    why: 'What somebody plays, or was given, is theirs alone.',
    code: 'ABSENT',
    applies: ({ asker, action, thing }) =>
      PERSONAL.includes(action) && thing.by?.accountId !== asker.accountId,
  },
  {
    rule: 'F-3',
    why: 'Of a privileged visit there is no recording.',
    code: 'ABSENT',
    applies: ({ action, thing }) => RECORDED.includes(action) && thing.visitClass === 'privileged',
  },
  {
    rule: 'F-4',
    why: 'Nobody may watch this visit.',
    code: 'MEDIA_POLICY_FORBIDS',
    applies: ({ action, thing }) => LIVE.includes(action) && thing.monitor === 'NONE',
  },
  {
    rule: 'F-5',
    why: 'Of a privileged visit no still picture is made.',
    code: 'MEDIA_POLICY_FORBIDS',
    applies: ({ action, thing }) =>
      action === 'visit.watchStills' && thing.visitClass === 'privileged',
  },
  {
    rule: 'F-6',
    why: 'A visit that is over cannot be watched.',
    code: 'VISIT_ENDED',
    applies: ({ action, thing }) => LIVE.includes(action) && thing.isOver === true,
  },
  {
    rule: 'F-7',
    why: 'Who asked for it does not decide it, with whatever account.',
    code: 'SECOND_PERSON_REQUIRED',
    applies: ({ asker, action, thing }) =>
      SECOND.includes(action) && (thing.by === undefined || isSame(asker, thing.by)),
  },
]

/** A regulator's auditor belongs to no facility and reads what is left of all. */
function isWithinReach({ asker, action, thing }: Asked): boolean {
  const { role, facilityId, operatorId } = asker
  const isOfNone = facilityId === null && operatorId === null
  if (action === 'tombstone.read' && role === 'auditor' && isOfNone) return true
  return facilityId !== null && facilityId === thing.facilityId
}

function isSame(one: Asker, other: Pick<Asker, 'accountId' | 'officerId'>): boolean {
  const isSameOfficer = one.officerId !== null && one.officerId === other.officerId
  return one.accountId === other.accountId || isSameOfficer
}

/** What is decided, by which rule, and why. */
export type Decision =
  | { readonly isAllowed: true; readonly rule: string; readonly why: string }
  | {
      readonly isAllowed: false
      readonly rule: string
      readonly why: string
      readonly code: Denial
    }

/**
 * TR-3: whether somebody may do something with a thing. Pure. Forbid overrides permit, and what nothing permits is
 * forbidden (`F-0`).
 */
export function decide(asker: Asker, action: Action, thing: Thing): Decision {
  const { rule, roles } = PERMITS[action]
  if (!roles.some((role) => role === asker.role)) {
    return { isAllowed: false, rule: 'F-0', why: 'No rule permits it.', code: 'FORBIDDEN' }
  }
  const forbid = FORBIDS.find(({ applies }) => applies({ asker, action, thing }))
  if (forbid) {
    const { code, why } = forbid
    return { isAllowed: false, rule: forbid.rule, why, code }
  }
  return { isAllowed: true, rule, why: `It is for: ${roles.join(', ')}.` }
}
