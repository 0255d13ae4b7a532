import { HELP_ANSWERS } from '@visavis/contract/help-kinds'
import { expect, it } from 'vitest'
import { answersFor, isNewCall, unansweredOf } from './help-answers.ts'

it('[OV-9] offers every answer, but nobody comes to somebody at home', () => {
  expect([...answersFor({ canCome: true })].toSorted()).toEqual([...HELP_ANSWERS].toSorted())
  expect(answersFor({ canCome: false })).not.toContain('COMING')
})

it('[OV-9] sounds once for each caller, and again for one who was answered in between', () => {
  const waiting = unansweredOf([
    { seatId: 'a', answer: null },
    { seatId: 'b', answer: 'SEEN' },
  ])
  expect(isNewCall(new Set(), waiting)).toBe(true)
  expect(isNewCall(waiting, waiting)).toBe(false)
  const second = unansweredOf([
    { seatId: 'a', answer: 'SEEN' },
    { seatId: 'b', answer: null },
  ])
  expect(isNewCall(waiting, second)).toBe(true)
  expect(isNewCall(second, new Set())).toBe(false)
})
