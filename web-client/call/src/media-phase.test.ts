import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mediaPhaseOf, phaseAfterLoss } from './media-phase.ts'
import { HEALTH_MOVES, PATIENCE_MS, healthActionFor } from './transport-health.ts'
import type { Health, HealthAction } from './transport-health.ts'
import type { MediaPhase } from './types.ts'
import { nextState } from '@visavis/contract/machine'

const HEALTHS = Object.keys(HEALTH_MOVES) as Health[]

/** Plays actions from the start; an action without a move changes nothing. */
const play = (actions: readonly HealthAction[]): Health =>
  actions.reduce<Health>(
    (health, action) => nextState(HEALTH_MOVES, health, action) ?? health,
    'unused',
  )

test('[LV-8] contact lost is answered with an ICE restart, a vain restart with new transports', () => {
  expect(play(['open', 'succeed', 'wobble'])).toBe('wobbling')
  expect(play(['open', 'succeed', 'wobble', 'succeed'])).toBe('up')
  expect(play(['open', 'succeed', 'wobble', 'loseHope'])).toBe('restarting')
  expect(play(['open', 'succeed', 'fail'])).toBe('restarting')
  expect(play(['open', 'succeed', 'fail', 'succeed'])).toBe('up')
  expect(play(['open', 'succeed', 'fail', 'fail', 'succeed'])).toBe('up')
  expect(play(['open', 'succeed', 'fail', 'loseHope'])).toBe('lost')
  expect(play(['open', 'fail', 'fail', 'loseHope'])).toBe('lost')
})

test('[LV-8] nothing is tried while the link is down, and the restart comes with it', () => {
  expect(play(['open', 'succeed', 'wobble', 'loseLink'])).toBe('stranded')
  expect(play(['open', 'succeed', 'loseLink', 'strand', 'strand'])).toBe('stranded')
  expect(play(['open', 'succeed', 'strand', 'regainLink'])).toBe('restarting')
  expect(play(['open', 'succeed', 'loseLink', 'regainLink'])).toBe('up')
})

test('every state that waits for something else than the browser has an end', () => {
  for (const health of HEALTHS) {
    const canLoseHope = nextState(HEALTH_MOVES, health, 'loseHope') !== null
    expect(canLoseHope).toBe(PATIENCE_MS[health] !== undefined)
  }
})

test('a closed connection is lost in every state, and lost is for ever', () => {
  for (const health of HEALTHS.filter((each) => each !== 'lost')) {
    expect(nextState(HEALTH_MOVES, health, 'loseMedia')).toBe('lost')
  }
  expect(HEALTH_MOVES.lost).toEqual({})
})

test('a browser state means trouble of the right kind', () => {
  expect(healthActionFor('new', true)).toBeNull()
  expect(healthActionFor('disconnected', true)).toBe('wobble')
  expect(healthActionFor('failed', true)).toBe('fail')
  expect(healthActionFor('failed', false)).toBe('strand')
  expect(healthActionFor('closed', false)).toBe('loseMedia')
})

test('trouble is told as such only after media stood, and one good transport is not enough', () => {
  const health = fc.constantFrom(...HEALTHS)
  const previous = fc.constantFrom<MediaPhase>('starting', 'connected', 'reconnecting')
  const facts = fc.record({ send: health, receive: health, hasTracks: fc.boolean(), previous })
  const isFine = (each: Health): boolean => ['unused', 'opening', 'up'].includes(each)
  fc.assert(
    fc.property(facts, (each) => {
      const phase = mediaPhaseOf(each)
      if (!isFine(each.send) || !isFine(each.receive))
        expect(phase).toBe(phaseAfterLoss(each.previous))
      else if (each.send === 'up' || each.receive === 'up') expect(phase).toBe('connected')
      if (each.previous === 'starting') expect(phase).not.toBe('reconnecting')
    }),
  )
})

test('a person without camera and microphone is not kept in "starting"', () => {
  const facts = { send: 'unused', receive: 'unused', previous: 'starting' } as const
  expect(mediaPhaseOf({ ...facts, hasTracks: false })).toBe('connected')
  expect(mediaPhaseOf({ ...facts, hasTracks: true })).toBe('starting')
})
