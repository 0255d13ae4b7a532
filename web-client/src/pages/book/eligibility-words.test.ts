import { NEXT_STEPS } from '@visavis/contract/eligibility'
import { expect, it } from 'vitest'
import { STEP_PATH, inOrderOfNeed } from './eligibility-words.ts'
import type { Check } from './eligibility-words.ts'

const check = (name: Check['check'], verdict: Check['verdict']): Check => ({
  check: name,
  verdict,
  code: null,
  visitorId: null,
  liftsAt: null,
  nextStep: null,
})

it('[EL-8] what stands in the way is told first, the rest in the order of the rules', () => {
  const checks = [
    check('VISITOR_VERIFIED', 'PASSED'),
    check('RELATIONSHIP', 'REFUSED'),
    check('REGISTER', 'UNKNOWN'),
    check('QUOTA', 'REFUSED'),
    check('ADULT', 'PASSED'),
    check('CAPACITY', 'NOT_CHECKED'),
  ]
  expect(inOrderOfNeed(checks).map((each) => each.check)).toEqual([
    'RELATIONSHIP',
    'QUOTA',
    'REGISTER',
    'VISITOR_VERIFIED',
    'ADULT',
    'CAPACITY',
  ])
})

it('[EL-8] every next step of the contract is known here', () => {
  expect(Object.keys(STEP_PATH).toSorted()).toEqual(NEXT_STEPS.toSorted())
})
