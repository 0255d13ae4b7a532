import { describe, expect, it } from 'vitest'
import { causeKindOf, causePath } from './cause-rules.ts'

const ID = '7b91b68b-25d1-885f-b3b5-4412c4b7071a'
const about = { visitorId: 'v', inmateId: 'i', weekOf: '2026-11-23' }

describe('[EL-8] the true cause of a verdict', () => {
  it('is a record with a page of its own, or words', () => {
    expect(causeKindOf(`restriction/${ID}`)).toBe('restriction')
    expect(causeKindOf(`non-association/${ID}`)).toBe('nonAssociation')
    expect(causeKindOf('UN/Rule 58')).toBeNull()
    expect(causeKindOf('quota')).toBeNull()
    expect(causeKindOf(`something/${ID}`)).toBeNull()
  })

  it('leads to where it can be read', () => {
    expect(causePath('restriction', about)).toBe('/office/search/visitors/v')
    expect(causePath('restriction', { ...about, visitorId: null })).toBe('/office/search/inmates/i')
    expect(causePath('blackout', about)).toBe('/office/timetable?week=2026-11-23')
    expect(causePath('claim', about)).toBeNull()
  })
})
