import { foldedName, isSameName, jaroWinkler } from './name-rules.ts'

/** Who is meant: as a visitor typed it, or as an inmate is registered. Dates are `YYYY-MM-DD`. */
export type Described = Identity & { readonly inmateNumber: string }
/** Who somebody is; the date is `YYYY-MM-DD`. */
export type Identity = Names & { readonly birthDate: string }
type Names = { readonly givenName: string; readonly familyName: string }
export type Difference = 'INMATE_NUMBER' | 'GIVEN_NAME' | 'FAMILY_NAME' | 'BIRTH_DATE'

/** An inmate beside a request: how alike the names are (0 … 1), and what is not equal. */
export type Candidate<Person extends Described> = {
  readonly person: Person
  readonly likeness: number
  readonly differs: readonly Difference[]
}

/** What is found for a request (EL-3): one who is equal in everything, or people that a person looks at. */
export type Match<Person extends Described> = {
  readonly match: 'EXACT' | 'NEAR' | 'NONE'
  readonly candidates: readonly Candidate<Person>[]
}

/** Above this, names alone are worth a look; Jaro-Winkler's usual threshold for one name in two spellings. */
const LIKE_NAMES = 0.92
/** Above this, together with the birth date; a short name with one letter wrong is still above it. */
const LIKE_WITH_DATE = 0.8
/** More than a clerk compares at one look. */
const MOST_CANDIDATES = 5

/** Compares a request with everybody whom it may mean. Pure; whatever comes out, a person decides. */
export function matchOf<Person extends Described>(
  typed: Described,
  people: readonly Person[],
): Match<Person> {
  const candidates = people
    .map((person) => candidateOf(typed, person))
    .filter((candidate) => isWorthALook(typed, candidate))
    .toSorted((one, other) => rankOf(other) - rankOf(one))
    .slice(0, MOST_CANDIDATES)
  const [best] = candidates
  if (best === undefined) return { match: 'NONE', candidates: [] }
  return { match: best.differs.length === 0 ? 'EXACT' : 'NEAR', candidates }
}

function candidateOf<Person extends Described>(
  typed: Described,
  person: Person,
): Candidate<Person> {
  const differs: Difference[] = []
  if (!isSameNumber(typed.inmateNumber, person.inmateNumber)) differs.push('INMATE_NUMBER')
  if (!isSameName(typed.givenName, person.givenName)) differs.push('GIVEN_NAME')
  if (!isSameName(typed.familyName, person.familyName)) differs.push('FAMILY_NAME')
  if (typed.birthDate !== person.birthDate) differs.push('BIRTH_DATE')
  return { person, likeness: likenessOf(typed, person), differs }
}

// Given and family name may have been typed the wrong way round.
function likenessOf(typed: Names, person: Names): number {
  const [given, family] = [foldedName(typed.givenName), foldedName(typed.familyName)]
  const [itsGiven, itsFamily] = [foldedName(person.givenName), foldedName(person.familyName)]
  const straight = jaroWinkler(given, itsGiven) + jaroWinkler(family, itsFamily)
  const crossed = jaroWinkler(given, itsFamily) + jaroWinkler(family, itsGiven)
  return Math.max(straight, crossed) / 2
}

function isWorthALook<Person extends Described>(
  typed: Described,
  { person, likeness, differs }: Candidate<Person>,
): boolean {
  if (!differs.includes('INMATE_NUMBER')) return true
  return isAlike(likeness, typed.birthDate, person.birthDate)
}

function isAlike(likeness: number, one: string, other: string): boolean {
  if (likeness >= LIKE_NAMES) return true
  return likeness >= LIKE_WITH_DATE && isNearDate(one, other)
}

/** Whether the names alone leave it open that {@link peopleLike} finds the person: birth dates are sealed. */
export function isNamedAlike(one: Names, other: Names): boolean {
  return likenessOf(one, other) >= Math.min(LIKE_NAMES, LIKE_WITH_DATE)
}

/** EL-3. Those of the people who may be the one described, going by name and birth date; the likest first. */
export function peopleLike<Person extends Identity>(
  described: Identity,
  people: readonly Person[],
): { readonly person: Person; readonly likeness: number }[] {
  return people
    .map((person) => ({ person, likeness: likenessOf(described, person) }))
    .filter(({ person, likeness }) => isAlike(likeness, described.birthDate, person.birthDate))
    .toSorted((one, other) => other.likeness - one.likeness)
    .slice(0, MOST_CANDIDATES)
}

// What is equal counts before what is alike.
function rankOf({ likeness, differs }: Candidate<Described>): number {
  return likeness - differs.length
}

/** Whether two inmate numbers are one; case and spaces do not count. */
export function isSameNumber(one: string, other: string): boolean {
  return numberKey(one) === numberKey(other)
}

/** An inmate number as it is compared. */
export function numberKey(inmateNumber: string): string {
  return inmateNumber.normalize('NFKC').toUpperCase().replaceAll(/\s+/g, '')
}

/** Whether two dates are equal or one slip apart: a digit, two neighbours swapped, or day and month. */
export function isNearDate(one: string, other: string): boolean {
  const off = Array.from(one).flatMap((digit, index) => (digit === other[index] ? [] : [index]))
  if (off.length <= 1) return true
  return isSwap(one, { other, off }) || isDayMonthSwap(one, other)
}

function isSwap(one: string, { other, off }: { other: string; off: readonly number[] }): boolean {
  const [first = 0, second = 0, third] = off
  const isNeighbours = second === first + 1 && third === undefined
  return isNeighbours && one[first] === other[second] && one[second] === other[first]
}

function isDayMonthSwap(one: string, other: string): boolean {
  const [year, month, day] = one.split('-')
  return other === `${year}-${day}-${month}`
}
