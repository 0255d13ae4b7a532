import type { Identity } from './match-rules.ts'

type Part = 'GIVEN_NAME' | 'FAMILY_NAME' | 'BIRTH_DATE'

/** What of a person is put right. A name in other capitals is another name: the document has one spelling. */
export function correctedParts(was: Identity, asked: Identity): Part[] {
  return [
    ...(was.givenName === asked.givenName ? [] : (['GIVEN_NAME'] as const)),
    ...(was.familyName === asked.familyName ? [] : (['FAMILY_NAME'] as const)),
    ...(was.birthDate === asked.birthDate ? [] : (['BIRTH_DATE'] as const)),
  ]
}
