import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { MAX_INTERVENTION_TEXT, PAUSE_CAUSES } from '@visavis/contract/interventions'
import { PAUSE_REASONS } from '@visavis/contract/visit'
import type { WallVisit } from '@visavis/contract/visit'
import { MAX_TYPED } from './InterventionWarn.tsx'
import { PAUSE_CAUSE_LIST, keyAt, rungsOf } from './interventions.ts'

const aVisit = (given: Partial<WallVisit> = {}) =>
  ({
    state: 'LIVE',
    policy: { monitor: 'AV', isRecorded: false },
    pauseReason: null,
    interventions: { mutedParties: [], pause: null, speakerId: null, warnings: [] },
    advice: [],
    ...given,
  }) as unknown as WallVisit

const usable = (visit: WallVisit, own: string | null = null) =>
  rungsOf(visit, own)
    .filter(({ why }) => why === null)
    .map(({ kind }) => kind)

test('[OV-5] the ladder goes from the gentlest to the last, each rung on its key', () => {
  expect(usable(aVisit())).toEqual(['WARN', 'MUTE', 'PAUSE', 'SPEAK', 'TERMINATE'])
  expect([0, 8, 9].map(keyAt)).toEqual(['1', '9', null])
})

test('[OV-1] where nobody may watch, nobody mutes or speaks', () => {
  const visit = aVisit({ policy: { monitor: 'NONE', isRecorded: false } })
  expect(usable(visit)).toEqual(['WARN', 'PAUSE', 'TERMINATE'])
})

test('[OV-5] before and after there is nothing but the end', () => {
  expect(usable(aVisit({ state: 'READY' }))).toEqual(['TERMINATE'])
})

test('[OV-5] nobody speaks into a colleague; one may stop oneself', () => {
  const speaks = aVisit({ interventions: { ...aVisit().interventions, speakerId: 'mine' } })
  expect(usable(speaks)).not.toContain('SPEAK')
  expect(usable(speaks, 'mine')).toContain('SPEAK')
})

test('[EL-4] what a restriction has paused has its own way on', () => {
  expect(usable(aVisit({ state: 'PAUSED', pauseReason: 'RESTRICTION' }))).not.toContain('PAUSE')
})

test('the lists are the contract’s', () => {
  expect(PAUSE_CAUSE_LIST).toEqual(PAUSE_CAUSES)
  expect(MAX_TYPED).toBe(MAX_INTERVENTION_TEXT)
})

test.each(['en', 'ru'])('[OV-5] what a code stands for has words in %s', (language) => {
  const read = (file: string) =>
    JSON.parse(readFileSync(join(import.meta.dirname, '../../locales', file), 'utf8')) as never
  const { interventions } = read(`interventions/${language}.json`) as {
    interventions: { cause: Record<string, string> }
  }
  const { wall } = read(`${language}.json`) as { wall: { paused: Record<string, string> } }
  expect(Object.keys(interventions.cause)).toEqual([...PAUSE_CAUSES])
  expect(Object.keys(wall.paused).toSorted()).toEqual([...PAUSE_REASONS].toSorted())
})
