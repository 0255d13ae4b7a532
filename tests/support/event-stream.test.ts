import { describe, expect, it } from 'vitest'
import { essenceOf, missingNumbers, withoutChance } from './event-stream.ts'

const changed = (waits: string, visitId: string) =>
  withoutChance(
    `42/visit,["visit:changed",{"visitId":"${visitId}","waits":"${waits}","at":"2026-01-01T10:00:00.000Z"}]`,
  )
const ONE = '11111111-1111-4111-8111-111111111111'
const OTHER = '22222222-2222-4222-8222-222222222222'

describe('what a stream of events says', () => {
  it('is the same whatever ids and instants chance has given', () => {
    expect(changed('nobody', ONE)).toBe(changed('nobody', OTHER))
    expect(withoutChance('43/visit,7[{"ok":true}]')).toBe(withoutChance('43/visit,12[{"ok":true}]'))
  })

  it('is another with one value, one event or one member more', () => {
    const events = [{ name: 'visit:changed', bytes: changed('nobody', ONE), seq: 1 }]
    const other = [{ name: 'visit:changed', bytes: changed('an officer', ONE), seq: 1 }]
    const member = [{ ...events[0]!, bytes: events[0]!.bytes.replace('}]', ',"observers":0}]') }]
    for (const changed of [other, member, [...events, ...events]]) {
      expect(essenceOf(changed)).not.toEqual(essenceOf(events))
    }
  })

  it('does not depend on how many seconds it took, but on what the clock says', () => {
    const tick = {
      name: 'visit:ticked',
      bytes: withoutChance('42/visit,["visit:ticked",{"deliveredMs":5},7]'),
      seq: 7,
    }
    const later = {
      name: 'visit:ticked',
      bytes: withoutChance('42/visit,["visit:ticked",{"deliveredMs":62},12]'),
      seq: 12,
    }
    const watched = {
      name: 'visit:ticked',
      bytes: '42/visit,["visit:ticked",{"deliveredMs":#,"watched":1},#]',
      seq: 8,
    }
    expect(essenceOf([tick, later])).toEqual(essenceOf([tick]))
    expect(essenceOf([tick, watched])).not.toEqual(essenceOf([tick]))
  })

  it('names the numbers that never came', () => {
    const numbered = (seq: number | null) => ({ name: 'visit:changed', bytes: '', seq })
    expect(missingNumbers([3, 4, null, 5].map(numbered))).toEqual([])
    expect(missingNumbers([3, 6, 4].map(numbered))).toEqual([5])
  })
})
