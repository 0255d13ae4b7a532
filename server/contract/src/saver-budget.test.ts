import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SAVER_TOTAL_BPS, saverBudget, videoOnWireBps, voiceOnWireBps } from './saver-budget.ts'

/** The voice of whoever does not save, at most. */
const OTHERS_VOICE_BPS = 32_000

test('[LV-9] what a saver sends and gets stays within 600 kbit/s, whatever everybody else does', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4 }), (others) => {
      const { sendVideoBps, sendVoiceBps, receiveVideoBps } = saverBudget(others)
      const up = videoOnWireBps(sendVideoBps) + voiceOnWireBps(sendVoiceBps)
      const down = receiveVideoBps + others * voiceOnWireBps(OTHERS_VOICE_BPS)
      expect(up + down).toBeLessThanOrEqual(SAVER_TOTAL_BPS)
      // The library takes no lower limit than this, and a voice is always understood.
      expect(receiveVideoBps).toBeGreaterThanOrEqual(30_000)
      expect(sendVoiceBps).toBeGreaterThanOrEqual(16_000)
    }),
  )
})

test('[LV-9] two people who save have room for a smallest layer (150 kbit/s) each way', () => {
  expect(saverBudget(1).sendVideoBps).toBeGreaterThanOrEqual(150_000)
  expect(saverBudget(1).receiveVideoBps).toBeGreaterThanOrEqual(videoOnWireBps(150_000))
})
