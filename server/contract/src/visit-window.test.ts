import { describe, expect, it } from 'vitest'
import { isWindowOpen, visitWindow } from './visit-window.ts'

const at = (time: string): Date => new Date(`2026-11-21T${time}Z`)

describe('visitWindow', () => {
  const window = visitWindow({ startsAt: at('10:00:00'), endsAt: at('10:30:00') })

  it('[LV-1] opens the lobby fifteen minutes before the start', () => {
    expect(window.opensAt).toEqual(at('09:45:00'))
  })

  it('is half open: the next visit’s first moment is not this one’s last', () => {
    expect(isWindowOpen(window, at('09:44:59.999'))).toBe(false)
    expect(isWindowOpen(window, at('09:45:00'))).toBe(true)
    expect(isWindowOpen(window, at('10:29:59.999'))).toBe(true)
    expect(isWindowOpen(window, at('10:30:00'))).toBe(false)
  })
})
