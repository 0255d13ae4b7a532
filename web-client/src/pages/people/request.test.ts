import { RELATIONSHIP_KINDS } from '@visavis/contract/http'
import { describe, expect, it } from 'vitest'
import {
  KINDS,
  NO_REQUEST,
  REQUEST_STEPS,
  bodyOf,
  isReached,
  openStep,
  stepAfter,
  stepBefore,
} from './request.ts'
import type { Request } from './request.ts'

const WHOLE: Request = {
  facilityId: 'f',
  inmateNumber: 'K-1001',
  givenName: 'Dmitri',
  familyName: 'Sokolov',
  birthDate: '1988-03-14',
  kind: 'SIBLING',
  childId: '',
}

describe('the steps of a request for permission', () => {
  it('open one after the other, and the check is the last', () => {
    const seen: string[] = []
    let request = NO_REQUEST
    for (const part of [
      'facilityId',
      'inmateNumber',
      'givenName',
      'familyName',
      'birthDate',
      'kind',
    ]) {
      seen.push(openStep(request))
      request = { ...request, [part]: WHOLE[part as keyof Request] }
    }
    expect(new Set([...seen, openStep(request)])).toEqual(new Set(REQUEST_STEPS))
  })

  it('cannot be jumped over', () => {
    expect(isReached('check', { ...WHOLE, birthDate: '' })).toBe(false)
    expect(isReached('name', WHOLE)).toBe(true)
  })

  it('lead on, and from a mended answer back to the check', () => {
    expect(stepAfter('facility', { ...NO_REQUEST, facilityId: 'f' })).toBe('/people/ask/number')
    expect(stepAfter('facility', WHOLE)).toBe('/people/ask/check')
    expect(stepBefore('facility')).toBe('/people')
    expect(stepBefore('check')).toBe('/people/ask/relationship')
  })

  it('are sent only when all are answered', () => {
    expect(bodyOf({ ...WHOLE, kind: '' })).toBeNull()
    expect(bodyOf({ ...WHOLE, givenName: '' })).toBeNull()
    expect(bodyOf({ ...WHOLE, childId: 'c' })).toEqual({ ...WHOLE, childId: 'c' })
    expect(bodyOf(WHOLE)).not.toHaveProperty('childId')
    expect(bodyOf(WHOLE)).toMatchObject({ inmateNumber: 'K-1001', kind: 'SIBLING' })
  })

  it('offer every relationship that the contract has', () => {
    expect(KINDS).toEqual(RELATIONSHIP_KINDS)
  })
})
