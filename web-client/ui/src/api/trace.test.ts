import { describe, expect, it } from 'vitest'
import { failureOf } from './api.ts'
import { newTraceparent } from './trace.ts'
import { troubleCodeOf } from './troubles.ts'

const TRACE = '3f2a1b4c-0d5e-4f60-8a71-92b3c4d5e6f7'

describe('a failure', () => {
  it('of ours has a short code that leads to the log', () => {
    failureOf({ code: 'INTERNAL', requestId: TRACE })
    expect(troubleCodeOf('INTERNAL')).toBe('3F2A1B4C')
  })

  it('that is a plain no has none', () => {
    failureOf({ code: 'NOT_FOUND', requestId: TRACE })
    expect(troubleCodeOf('NOT_FOUND')).toBeNull()
  })
})

it('a request is named anew, in the form that the server takes over', () => {
  expect(newTraceparent()).toMatch(
    /^00-[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}-[0-9a-f]{16}-01$/,
  )
  expect(newTraceparent()).not.toBe(newTraceparent())
})
