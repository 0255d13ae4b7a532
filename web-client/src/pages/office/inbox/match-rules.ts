import type { Reply } from '../../../api/api.ts'

export type Request = Reply<'relationshipRequest'>
type Difference = Request['candidates'][number]['differs'][number]

/** One fact of a person as it was typed and as each candidate has it (EL-3). */
export type MatchRow = {
  readonly part: Difference
  readonly typed: string
  readonly candidates: readonly { readonly value: string; readonly differs: boolean }[]
}

const PARTS = [
  ['INMATE_NUMBER', 'inmateNumber'],
  ['GIVEN_NAME', 'givenName'],
  ['FAMILY_NAME', 'familyName'],
  ['BIRTH_DATE', 'birthDate'],
] as const

/** The comparison as rows of a table, candidates in their columns. */
export function matchRows({ typed, candidates }: Request): MatchRow[] {
  return PARTS.map(([part, key]) => ({
    part,
    typed: typed[key],
    candidates: candidates.map(({ inmate, differs }) => ({
      value: inmate[key],
      differs: differs.includes(part),
    })),
  }))
}

/** Whom the request surely means; a near match is for a person to choose (EL-3). */
export function sureCandidate({ match, candidates }: Request): string | null {
  const [only] = candidates
  return match === 'EXACT' && candidates.length === 1 && only ? only.inmate.inmateId : null
}
