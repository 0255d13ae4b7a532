import { SEAT_STATES } from '@visavis/contract/seat-lifecycle'
import type { SeatState } from '@visavis/contract/seat-lifecycle'
import type { SeatCallState } from '@visavis/call'
import { describe, expect, it } from 'vitest'
import { bannerOf } from './CallBanner.tsx'
import { viewOf } from './visit-view.ts'
import type { JoinedState } from './visit-view.ts'
import { waitedMinutes } from './waited.ts'

const joined = (state: string, you: SeatState, pausedFor: string | null = null) =>
  ({
    ...{ phase: 'joined', link: 'connected', media: 'connected' },
    snapshot: { state, you: { state: you }, others: [], pausedFor, adultMissing: null },
  }) as unknown as JoinedState & SeatCallState

describe('[LV-2] [LV-3] where somebody is in a visit that runs', () => {
  const VIEWS: Readonly<Record<SeatState, string>> = {
    NOT_ARRIVED: 'lobby',
    WAITING: 'lobby',
    CHECKING: 'lobby',
    ADMITTED: 'lobby',
    IN: 'call',
    DISCONNECTED: 'call',
    REFUSED: 'turnedAway',
    REMOVED: 'turnedAway',
  }

  it.each(SEAT_STATES)('%s', (state) => {
    expect(viewOf(joined('LIVE', state)).kind).toBe(VIEWS[state])
    expect(viewOf(joined('PAUSED', state)).kind).toBe(VIEWS[state])
  })

  it('is told why nothing flows while somebody else is checked', () => {
    expect(bannerOf(joined('PAUSED', 'IN', 'ADMISSION'))).toBe('pausedForCheck')
    expect(bannerOf(joined('PAUSED', 'IN', 'OFFICER'))).toBe('paused')
  })

  it('is told for how many minutes, once it is one', () => {
    const at = Date.parse('2026-11-21T12:00:59.000Z')
    expect(waitedMinutes('2026-11-21T12:00:00.000Z', at)).toBe(0)
    expect(waitedMinutes('2026-11-21T12:00:00.000Z', at + 1_000)).toBe(1)
    expect(waitedMinutes('2026-11-21T12:30:00.000Z', at)).toBe(0)
    expect(waitedMinutes(null, at)).toBe(0)
  })
})
