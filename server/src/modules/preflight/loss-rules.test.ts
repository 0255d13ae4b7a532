import { describe, expect, it } from 'vitest'
import type { PreflightFindings } from '@visavis/contract/preflight-rules'
import { withCountedLoss } from './loss-rules.ts'

const found = { loop: { lossUp: 0, lossDown: 0.01 } } as unknown as PreflightFindings
const track = (packets: number, lost: number) => ({
  kind: 'audio' as const,
  packets,
  lost,
  roundTripMs: null,
})

describe('[LV-10] the loss that the SFU has counted', () => {
  it('is that of the worst track, and leaves the rest as it was found', () => {
    const judged = withCountedLoss(found, [track(500, 0), track(160, 40)])
    expect(judged.loop).toEqual({ lossUp: 0.2, lossDown: 0.01 })
  })

  it('says nothing of a handful of packets, or of a test that had no loop', () => {
    expect(withCountedLoss(found, [track(20, 20)])).toBe(found)
    expect(withCountedLoss(found, [])).toBe(found)
    const none: PreflightFindings = { ...found, loop: null }
    expect(withCountedLoss(none, [track(160, 40)])).toBe(none)
  })
})
