import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Refusal } from './errors.ts'
import { WATCH_KINDS, demandPermit, isGenuine, recordPermit, watchPermit } from './media-permits.ts'
import { FORGERIES, aPermit, constructorOf } from './media-permits-fixture.ts'
import { MONITOR_MODES, VISIT_CLASSES } from './media-policy.ts'
import type { MediaPolicy } from './media-policy.ts'

const OPEN_TO_ALL: MediaPolicy = { monitor: 'AV', isRecorded: true }
const LIVE = { use: 'LIVE', isPrivileged: false } as const

describe('permits', () => {
  it.each(FORGERIES)('[OV-1] are not forged by %s', (_way, forge) => {
    const forged = forge()
    expect(isGenuine(forged)).toBe(false)
    expect(() => demandPermit(forged, LIVE)).toThrow(Refusal)
  })

  it('[OV-1] are not made by their own class without the seal, nor by an heir of it', () => {
    const Made = constructorOf(aPermit())
    class Heir extends Made {}
    const attempts = [
      () => new Made(undefined, LIVE),
      () => new Made(Symbol('permit'), LIVE),
      () => new Heir(undefined, LIVE),
      () => Reflect.construct(Made, [undefined, LIVE]) as unknown,
    ]
    for (const attempt of attempts) expect(attempt).toThrow(TypeError)
  })

  it('[OV-1] cannot be changed, nor can the class that vouches for them', () => {
    const permit = aPermit()
    const Made = constructorOf(permit)
    expect(Reflect.set(Made, 'isGenuine', () => true)).toBe(false)
    expect(Reflect.set(Made, 'allows', () => true)).toBe(false)
    expect(Reflect.set(permit, 'use', 'SOUND')).toBe(false)
    expect(isGenuine({})).toBe(false)
    expect(() => demandPermit({}, LIVE)).toThrow(Refusal)
    expect(() => demandPermit(permit, LIVE)).not.toThrow()
  })

  it('[OV-1] [OV-2] are given exactly where class and policy allow', () => {
    const policies = fc.record({
      monitor: fc.constantFrom(...MONITOR_MODES),
      isRecorded: fc.boolean(),
    })
    const classes = fc.constantFrom(...VISIT_CLASSES)
    fc.assert(
      fc.property(classes, policies, (visitClass, policy) => {
        const isSeen =
          policy.monitor === 'SIGHT_ONLY' ||
          (policy.monitor === 'AV' && visitClass !== 'privileged')
        const isHeard = policy.monitor === 'AV' && visitClass !== 'privileged'
        expect(watchPermit(visitClass, policy, 'LIVE') !== null).toBe(isSeen)
        const isStill = isSeen && visitClass !== 'privileged'
        expect(watchPermit(visitClass, policy, 'STILLS') !== null).toBe(isStill)
        expect(watchPermit(visitClass, policy, 'SOUND') !== null).toBe(isHeard)
        expect(recordPermit(visitClass, policy) !== null).toBe(isHeard && policy.isRecorded)
      }),
    )
  })

  it('[OV-2] hold for one use and one sort of router only', () => {
    const uses = [...WATCH_KINDS, 'RECORD'] as const
    const permits = [
      ...WATCH_KINDS.map((kind) => watchPermit('official', OPEN_TO_ALL, kind)),
      recordPermit('official', OPEN_TO_ALL),
    ]
    permits.forEach((permit, index) => {
      for (const use of uses) {
        const ask = () => demandPermit(permit, { use, isPrivileged: false })
        if (use === uses[index]) expect(ask).not.toThrow()
        else expect(ask).toThrow(Refusal)
        expect(() => demandPermit(permit, { use, isPrivileged: true })).toThrow(Refusal)
      }
    })
  })

  it('[RC-1] are not given for a class that is none of ours', () => {
    const unknownClass = 'toString' as 'social'
    expect(() => watchPermit(unknownClass, OPEN_TO_ALL, 'LIVE') ?? refuse()).toThrow()
    expect(() => recordPermit(unknownClass, OPEN_TO_ALL) ?? refuse()).toThrow()
  })
})

function refuse(): never {
  throw new Refusal('MEDIA_POLICY_FORBIDS')
}
