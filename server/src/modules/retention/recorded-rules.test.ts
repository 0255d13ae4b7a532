import { describe, expect, it } from 'vitest'
import { keptOf, latestOf, lookedOf } from './recorded-rules.ts'

const track = (seatId: string, kind: 'audio' | 'video', durationMs: number) => ({
  seatId,
  kind,
  durationMs,
})

describe('[RC-7] what was recorded of me', () => {
  it('is of my own seat and camera only, in every recording of the visit', () => {
    const recordings = [
      { tracks: [track('me', 'audio', 5_000), track('me', 'video', 4_000)] },
      { tracks: [track('me', 'audio', 1_000), track('other', 'video', 90_000)] },
      { tracks: [] },
    ]
    expect(keptOf(recordings, new Set(['me']))).toEqual({
      picture: true,
      sound: true,
      durationMs: 6_000,
    })
    expect(keptOf(recordings, new Set(['nobody']))).toEqual({
      picture: false,
      sound: false,
      durationMs: 0,
    })
  })

  it('says who looked by role and local day, and how often', () => {
    const looks = [
      { role: 'investigator', at: new Date('2026-08-01T21:30:00Z') },
      { role: 'recipient', at: new Date('2026-08-01T09:00:00Z') },
      { role: 'investigator', at: new Date('2026-08-02T08:00:00Z') },
    ]
    expect(lookedOf(looks, 'Europe/Moscow')).toEqual([
      { role: 'recipient', day: '2026-08-01', times: 1 },
      { role: 'investigator', day: '2026-08-02', times: 2 },
    ])
  })

  it('is kept until the last of its parts goes', () => {
    const [one, other] = [new Date(1), new Date(2)]
    expect(latestOf([one, null, other])).toEqual(other)
    expect(latestOf([null])).toBeNull()
  })
})
