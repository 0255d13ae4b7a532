import type { CallInput } from '../../api/api.ts'

type Body = CallInput<'requestRelationship'>['body']
export type RelationshipKind = Body['kind']

/** What is asked to request a permission. */
export type Request = {
  readonly facilityId: string
  readonly inmateNumber: string
  readonly givenName: string
  readonly familyName: string
  readonly birthDate: string
  readonly kind: RelationshipKind | ''
  /** A child under the own account; empty: one asks for oneself. */
  readonly childId: string
}

export const NO_REQUEST: Request = {
  facilityId: '',
  inmateNumber: '',
  givenName: '',
  familyName: '',
  birthDate: '',
  kind: '',
  childId: '',
}

export const REQUEST_STEPS = [
  'facility',
  'number',
  'name',
  'birth-date',
  'relationship',
  'check',
] as const
export type RequestStep = (typeof REQUEST_STEPS)[number]

/** In the order of the form; the contract's values. */
export const KINDS = [
  'PARTNER',
  'PARENT',
  'CHILD',
  'SIBLING',
  'GRANDPARENT',
  'GRANDCHILD',
  'OTHER_RELATIVE',
  'FRIEND',
  'LAWYER',
  'OFFICIAL',
] as const satisfies readonly RelationshipKind[]

/** The first step that is not answered. */
export function openStep(request: Request): RequestStep {
  if (request.facilityId === '') return 'facility'
  if (request.inmateNumber === '') return 'number'
  if (request.givenName === '' || request.familyName === '') return 'name'
  if (request.birthDate === '') return 'birth-date'
  return request.kind === '' ? 'relationship' : 'check'
}

/** Whether a step may be shown yet. */
export function isReached(step: RequestStep, request: Request): boolean {
  return REQUEST_STEPS.indexOf(step) <= REQUEST_STEPS.indexOf(openStep(request))
}

/** The address of the step before; the list of people before the first one. */
export function stepBefore(step: RequestStep): string {
  const before = REQUEST_STEPS[REQUEST_STEPS.indexOf(step) - 1]
  return before === undefined ? '/people' : `/people/ask/${before}`
}

/** Where to go from a step: on, or back to the check page when everything is answered already. */
export function stepAfter(step: RequestStep, request: Request): string {
  if (openStep(request) === 'check') return '/people/ask/check'
  return `/people/ask/${REQUEST_STEPS[REQUEST_STEPS.indexOf(step) + 1] ?? 'check'}`
}

/** What is sent; null while something is missing. */
export function bodyOf(request: Request): Body | null {
  const { kind, childId, ...typed } = request
  if (kind === '' || openStep(request) !== 'check') return null
  return { ...typed, kind, ...(childId === '' ? {} : { childId }) }
}
