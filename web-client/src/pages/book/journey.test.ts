import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  NO_ANSWERS,
  STEPS,
  afterAct,
  completed,
  openStep,
  partyOf,
  pathBefore,
  shownStep,
  stepsOf,
} from './journey.ts'
import type { Answers, JourneyAct } from './journey.ts'
import type { Bookable } from './types.ts'

const dmitri: Bookable = {
  inmateId: 'dmitri',
  displayName: 'Dmitri',
  facility: { facilityId: 'f', name: 'Krasnoyarsk', timeZone: 'Asia/Krasnoyarsk' },
  classes: ['social'],
  maxVisitors: 4,
  quota: { left: 2, renewsAt: null, creditMs: 0 },
  companions: [{ visitorId: 'boris', displayName: 'Boris', isAdult: true }],
  you: { visitorId: 'anna', displayName: 'Anna' },
}
const alone: Bookable = { ...dmitri, inmateId: 'pavel', companions: [] }

const play = (...acts: JourneyAct[]): Answers => acts.reduce(afterAct, NO_ANSWERS)
const CHOSEN = [
  { type: 'inmateChosen', inmateId: 'dmitri' },
  { type: 'peopleChosen', companionIds: ['boris'] },
  { type: 'placeChosen', place: 'HOME' },
  { type: 'dayChosen', day: '2026-11-24' },
  { type: 'slotChosen', slotId: 's1', day: '2026-11-24', holdKey: 'k1' },
] as const satisfies JourneyAct[]

describe('the journey of a booking', () => {
  it('asks one thing after the other, up to the check', () => {
    const inmates = [dmitri, alone]
    const seen = CHOSEN.map((_, count) => {
      const answers = completed(play(...CHOSEN.slice(0, count)), inmates)
      return openStep(answers, stepsOf(answers, inmates))
    })
    expect(seen).toEqual(['inmate', 'people', 'place', 'day', 'time'])
    const all = completed(play(...CHOSEN), inmates)
    expect(openStep(all, stepsOf(all, inmates))).toBe('check')
  })

  it('leaves out what leaves no choice', () => {
    const answers = completed(NO_ANSWERS, [alone])
    expect(stepsOf(answers, [alone])).toEqual(['place', 'day', 'time', 'check'])
    expect(answers).toMatchObject({ inmateId: 'pavel', visitClass: 'social', companionIds: [] })
  })

  it('asks for the kind of visit and the link centre where there is a choice', () => {
    const lawyer: Bookable = { ...alone, classes: ['social', 'privileged'] }
    const answers = completed(play({ type: 'placeChosen', place: 'LINK_CENTRE' }), [lawyer])
    expect(stepsOf(answers, [lawyer])).toEqual(['kind', 'place', 'centre', 'day', 'time', 'check'])
  })

  it('cannot be jumped over by an address, and can be gone back in', () => {
    const answers = completed(play(...CHOSEN.slice(0, 3)), [dmitri])
    const steps = stepsOf(answers, [dmitri])
    expect(shownStep('check', answers, steps)).toBe('day')
    expect(shownStep('people', answers, steps)).toBe('people')
    expect(shownStep('nonsense', answers, steps)).toBe('day')
    expect(shownStep(undefined, answers, steps)).toBe('day')
    expect(pathBefore('people', steps)).toBeUndefined()
    expect(pathBefore('day', steps)).toBe('/book/place')
  })

  it('forgets answers about people who may no longer be visited or come along', () => {
    const answers = play(...CHOSEN)
    expect(completed(answers, [alone]).companionIds).toEqual([])
    expect(completed(answers, [{ ...dmitri, inmateId: 'x' }, alone])).toEqual({
      ...NO_ANSWERS,
      place: 'HOME',
    })
  })
})

describe('a changed answer', () => {
  it('takes away the time, which depends on it, and keeps the rest', () => {
    const answers = afterAct(play(...CHOSEN), { type: 'peopleChosen', companionIds: [] })
    expect(answers).toMatchObject({ inmateId: 'dmitri', place: 'HOME', day: '2026-11-24' })
    expect(answers.slotId).toBeNull()
  })

  it('that is the same again takes away nothing', () => {
    const before = play(...CHOSEN)
    expect(afterAct(before, { type: 'inmateChosen', inmateId: 'dmitri' })).toBe(before)
    expect(afterAct(before, { type: 'peopleChosen', companionIds: ['boris'] })).toBe(before)
    expect(afterAct(before, { type: 'placeChosen', place: 'HOME' })).toBe(before)
  })
})

describe('a hold', () => {
  const held = play(...CHOSEN, { type: 'held', visitId: 'v1' })

  it('[BK-2] that ran out keeps every answer but the time, and says so', () => {
    const answers = afterAct(held, { type: 'holdLost' })
    expect(answers).toMatchObject({ inmateId: 'dmitri', day: '2026-11-24', isHoldLost: true })
    expect(openStep(answers, stepsOf(answers, [dmitri]))).toBe('time')
    expect(afterAct(answers, CHOSEN[4]).isHoldLost).toBe(false)
  })

  it('[BK-5] that was given back is taken again by a new act', () => {
    const answers = afterAct(held, { type: 'released', holdKey: 'k2' })
    expect(answers).toMatchObject({ slotId: 's1', holdKey: 'k2', visitId: null })
  })
})

describe('whatever is pressed in whatever order', () => {
  const act: fc.Arbitrary<JourneyAct> = fc.oneof(
    fc
      .constantFrom('dmitri', 'pavel')
      .map((inmateId) => ({ type: 'inmateChosen' as const, inmateId })),
    fc.subarray(['boris']).map((companionIds) => ({ type: 'peopleChosen' as const, companionIds })),
    fc
      .constantFrom('HOME' as const, 'LINK_CENTRE' as const)
      .map((place) => ({ type: 'placeChosen' as const, place })),
    fc.constant({ type: 'centreChosen' as const, linkCentreId: 'c' }),
    fc.constantFrom('2026-11-24', '2026-11-25').map((day) => ({ type: 'dayChosen' as const, day })),
    fc.constantFrom('s1', 's2').map((slotId) => ({
      type: 'slotChosen' as const,
      slotId,
      day: '2026-11-26',
      holdKey: slotId,
    })),
    fc.constant({ type: 'holdLost' as const }),
    fc.constant({ type: 'begunAnew' as const }),
  )
  const inmates = [dmitri, alone]

  it('a step is shown that exists, and the check only with a whole party and a time', () => {
    fc.assert(
      fc.property(fc.array(act), fc.constantFrom(...STEPS), (acts, asked) => {
        const answers = completed(play(...acts), inmates)
        const steps = stepsOf(answers, inmates)
        const shown = shownStep(asked, answers, steps)
        expect(steps).toContain(shown)
        if (shown !== 'check') return
        const inmate = inmates.find(({ inmateId }) => inmateId === answers.inmateId)
        expect(partyOf(answers, inmate)).not.toBeNull()
        expect(answers.slotId).not.toBeNull()
      }),
    )
  })

  it('the party names the visitor first, and a link centre only where one is used', () => {
    const home = completed(play(...CHOSEN), inmates)
    expect(partyOf(home, dmitri)).toEqual({
      inmateId: 'dmitri',
      visitorIds: ['anna', 'boris'],
      place: 'HOME',
    })
    const centre = afterAct(home, { type: 'placeChosen', place: 'LINK_CENTRE' })
    expect(partyOf(centre, dmitri)).toBeNull()
    const chosen = afterAct(centre, { type: 'centreChosen', linkCentreId: 'c' })
    expect(partyOf(chosen, dmitri)?.linkCentreId).toBe('c')
  })
})
