import { describe, expect, it } from 'vitest'
import { mayDecide, suspensionTarget } from './suspension-rules.ts'

const nobody = { estateId: null, operatorId: null, facilityId: null }
const facility = { facilityId: 'north', operatorId: 'ours' }
const admin = { actor: { facilityId: 'north', operatorId: null }, estateId: null, facility }
const operator = { actor: { facilityId: null, operatorId: 'ours' }, estateId: 'land', facility }

describe('suspensionTarget', () => {
  it('[BK-12] [TR-3] gives each what they run', () => {
    expect(suspensionTarget('FACILITY', admin)).toEqual({ ...nobody, facilityId: 'north' })
    expect(suspensionTarget('FACILITY', operator)).toEqual({ ...nobody, facilityId: 'north' })
    expect(suspensionTarget('OPERATOR', operator)).toEqual({ ...nobody, operatorId: 'ours' })
    expect(suspensionTarget('ESTATE', operator)).toEqual({ ...nobody, estateId: 'land' })
  })

  it.each([
    ['ESTATE' as const, admin],
    ['OPERATOR' as const, admin],
    ['FACILITY' as const, { ...admin, facility: { facilityId: 'south', operatorId: 'ours' } }],
    ['FACILITY' as const, { ...operator, facility: { facilityId: 'west', operatorId: 'theirs' } }],
    ['FACILITY' as const, { ...operator, facility: null }],
  ])('[TR-3] refuses %s to who does not run it', (scope, rights) => {
    expect(() => suspensionTarget(scope, rights)).toThrow('FORBIDDEN')
  })

  it('[TR-3] lets nobody decide about a target of nobody', () => {
    expect(mayDecide(nobody, operator)).toBe(false)
  })
})
