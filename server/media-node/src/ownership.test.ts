import { describe, expect, it } from 'vitest'
import { consumerOwnerOf, producerOwnerOf, sinkOf, transportOwnerOf } from './ownership.ts'

describe('ownership', () => {
  it.each([undefined, null, {}, { role: 'seat' }, { role: 'guest', peerId: 'x' }, { visitId: 7 }])(
    'what says %j has no owner',
    (appData) => {
      expect(transportOwnerOf(appData)).toBeNull()
      expect(producerOwnerOf(appData)).toBeNull()
      expect(consumerOwnerOf(appData)).toBeNull()
    },
  )

  it('a seat or a recorder is a sink of its own visit only, an observer of any', () => {
    const seat = { role: 'seat', visitId: 'v', peerId: 'mother' } as const
    const tap = { role: 'tap', visitId: 'v' } as const
    const stills = { role: 'stills', visitId: 'v' } as const
    const officer = { role: 'observer', peerId: 'officer' } as const
    const owners = [seat, tap, stills, officer]
    expect(owners.map((owner) => sinkOf(owner, 'v'))).toEqual([
      ...['mother', 'recorder', 'stills', 'officer'],
    ])
    expect(owners.map((owner) => sinkOf(owner, 'w'))).toEqual([null, null, null, 'officer'])
  })
})
