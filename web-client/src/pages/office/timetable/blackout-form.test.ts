import { describe, expect, it } from 'vitest'
import { readBlackout } from './blackout-form.ts'

function form(place: string): FormData {
  const data = new FormData()
  data.append('place', place)
  data.append('startsAt', '2026-12-24T12:00')
  data.append('endsAt', '')
  data.append('reason', ' Holiday ')
  return data
}

describe('[BK-7] the form of a closure', () => {
  it('reads its place and its times by the facility’s clock', () => {
    expect(readBlackout(form('WING East 2'), 'Europe/Berlin')).toEqual({
      scope: 'WING',
      wing: 'East 2',
      startsAt: '2026-12-24T11:00:00.000Z',
      endsAt: '',
      reason: 'Holiday',
    })
    expect(readBlackout(form('TERMINAL t1'), 'UTC')).toMatchObject({
      scope: 'TERMINAL',
      terminalId: 't1',
    })
    expect(readBlackout(form('FACILITY'), 'UTC')).toMatchObject({ scope: 'FACILITY' })
  })
})
