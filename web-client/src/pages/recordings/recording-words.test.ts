import { DERIVATIVE_KINDS } from '@visavis/contract/derivatives'
import { GAP_CAUSES } from '@visavis/contract/recording-manifest'
import { DERIVATIVE_STATES, EXPORT_STATES, KEPT_STATES } from '@visavis/contract/http'
import { expect, it } from 'vitest'
import en from '../../locales/recordings/en.json' with { type: 'json' }
import { EVENT_KINDS } from './player/line-rules.ts'
import { PLAYER_DEEDS } from './player/player-keys.ts'
import { FILTERS } from './search-rules.ts'

it('[RC-3] every code of the review pages has words', () => {
  const words = (group: object) => Object.keys(group).toSorted()
  const codes = (all: readonly string[]) => all.toSorted()
  expect(words(en.player.gapCause)).toEqual(codes(GAP_CAUSES))
  expect(words(en.recordings.stateName)).toEqual(codes(KEPT_STATES))
  expect(words(en.recordings.filter)).toEqual(codes(FILTERS))
  expect(words(en.copies.kind)).toEqual(codes(DERIVATIVE_KINDS))
  expect(words(en.copies.state)).toEqual(codes(DERIVATIVE_STATES))
  expect(words(en.exports.state)).toEqual(codes(EXPORT_STATES))
  expect(words(en.player.lane)).toEqual(codes(EVENT_KINDS))
  expect(words(en.player.deed)).toEqual(codes(PLAYER_DEEDS))
})
