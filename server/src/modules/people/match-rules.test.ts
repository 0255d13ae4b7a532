import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isNearDate, matchOf } from './match-rules.ts'
import { foldedName, jaroWinkler } from './name-rules.ts'

const IVAN = {
  inmateNumber: 'N-100',
  givenName: 'Дмитрий',
  familyName: 'Соловьёв',
  birthDate: '1985-04-12',
}
const typed = (changes: Partial<typeof IVAN> = {}) => ({ ...IVAN, ...changes })
const matchWith = (changes: Partial<typeof IVAN>) => matchOf(typed(changes), [IVAN])

describe('[EL-3] what a request matches', () => {
  it('is EXACT when number, both names and birth date are equal, whatever the case and spaces', () => {
    expect(matchWith({ inmateNumber: ' n-100', givenName: 'ДМИТРИЙ' }).match).toBe('EXACT')
  })

  it.each([
    ['another spelling', { givenName: 'Dmitri', familyName: 'Soloviev' }],
    ['a letter without its marks', { familyName: 'Соловьев' }],
    ['a birth date with two digits swapped', { birthDate: '1985-04-21' }],
    ['day and month swapped', { birthDate: '1985-12-04' }],
    ['a wrong birth date', { birthDate: '1990-01-01' }],
    ['a wrong number', { inmateNumber: 'N-101' }],
    ['names the wrong way round', { givenName: 'Соловьёв', familyName: 'Дмитрий' }],
    ['quite another name', { givenName: 'Пётр', familyName: 'Кузнецов' }],
  ])('is NEAR, for a person, with %s', (_, changes) => {
    expect(matchWith(changes).match).toBe('NEAR')
  })

  it('says what differs and how alike the names are, the likeliest first', () => {
    const twin = { ...IVAN, inmateNumber: 'N-900', givenName: 'Dmitry', familyName: 'Solovev' }
    const { candidates } = matchOf(typed({ birthDate: '1985-04-21' }), [twin, IVAN])
    expect(candidates[0]).toEqual({ person: IVAN, likeness: 1, differs: ['BIRTH_DATE'] })
    expect(candidates[1]?.differs).toEqual([
      'INMATE_NUMBER',
      'GIVEN_NAME',
      'FAMILY_NAME',
      'BIRTH_DATE',
    ])
  })

  it('is NONE for a stranger', () => {
    const stranger = typed({ inmateNumber: 'X', givenName: 'Olga', familyName: 'Brown' })
    expect(matchOf(stranger, [IVAN])).toEqual({ match: 'NONE', candidates: [] })
  })

  it('is EXACT for nobody who differs in anything', () => {
    const letters = fc.string({
      unit: fc.constantFrom(...Array.from('abcdеёж -')),
      minLength: 1,
      maxLength: 6,
    })
    const date = fc
      .date({ min: new Date('1930-01-01'), max: new Date('2010-01-01'), noInvalidDate: true })
      .map((at) => at.toISOString().slice(0, 10))
    const person = fc.record({
      inmateNumber: letters,
      givenName: letters,
      familyName: letters,
      birthDate: date,
    })
    fc.assert(
      fc.property(person, fc.array(person, { maxLength: 8 }), (asked, people) => {
        const { match, candidates } = matchOf(asked, people)
        const hasEqual = candidates.some(({ differs }) => differs.length === 0)
        expect(match === 'EXACT').toBe(hasEqual)
        expect(match === 'NONE').toBe(candidates.length === 0)
        expect(candidates.length).toBeLessThanOrEqual(5)
      }),
    )
  })
})

describe('comparing names and dates', () => {
  it('folds case, marks and scripts', () => {
    expect(foldedName('Юлия')).toBe(foldedName('Iulia'))
    expect(foldedName('Хрущёва-Йовович')).toBe(foldedName('KHRUSHCHEVA JOVOVICH'))
    expect(foldedName('Łukasz Çelik')).toBe('lukaszcelik')
  })

  it('is Jaro-Winkler as it is published', () => {
    expect(jaroWinkler('martha', 'marhta')).toBeCloseTo(0.9611, 4)
    expect(jaroWinkler('dwayne', 'duane')).toBeCloseTo(0.84, 4)
    expect(jaroWinkler('dixon', 'dicksonx')).toBeCloseTo(0.8133, 4)
    expect(jaroWinkler('', 'a')).toBe(0)
  })

  it('is between 0 and 1, and 1 for equal texts', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (one, other) => {
        const likeness = jaroWinkler(one, other)
        expect(likeness).toBeGreaterThanOrEqual(0)
        expect(likeness).toBeLessThanOrEqual(1)
        expect(jaroWinkler(one, one)).toBe(1)
      }),
    )
  })

  it('takes one slip of the hand for near, two for another date', () => {
    expect(isNearDate('1985-04-12', '1985-04-12')).toBe(true)
    expect(isNearDate('1985-04-12', '1986-04-12')).toBe(true)
    expect(isNearDate('1985-04-12', '1958-04-12')).toBe(true)
    expect(isNearDate('1985-04-12', '1985-12-04')).toBe(true)
    expect(isNearDate('1985-04-12', '1986-05-12')).toBe(false)
  })
})
