import fc from 'fast-check'
import { SAVER_TOTAL_BPS } from '@visavis/contract/saver-budget'
import { expect, test } from 'vitest'
import { MAX_INCOMING_BPS, limitRates, rateLimitsOf } from './bit-rates.ts'

const visit = fc.record({
  wishes: fc.record({ isDataSaver: fc.boolean(), keepsPicture: fc.boolean() }),
  others: fc.nat(8),
  keepsPicture: fc.boolean(),
  isOnTrial: fc.boolean(),
})

test('[LV-9] limits are such as the library takes: the least is never above the most', () => {
  fc.assert(
    fc.property(visit, (given) => {
      const { maxIncomingBps, maxOutgoingBps, minOutgoingBps } = rateLimitsOf(given)
      if (maxOutgoingBps > 0) expect(minOutgoingBps).toBeLessThanOrEqual(maxOutgoingBps)
      for (const bps of [maxOutgoingBps, minOutgoingBps]) {
        expect(bps === 0 || bps >= 30_000).toBe(true)
      }
      expect(maxIncomingBps).toBe(
        given.wishes.isDataSaver ? Math.min(maxIncomingBps, SAVER_TOTAL_BPS) : MAX_INCOMING_BPS,
      )
      expect(minOutgoingBps > 0).toBe(given.keepsPicture || given.isOnTrial)
    }),
  )
})

test('[LV-9] from any limits to any others, the least is below the most at every moment', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(visit, { minLength: 1, maxLength: 5 }), async (visits) => {
      let [least, most] = [0, 0]
      const keepsOrder = () => expect(most === 0 || least <= most).toBe(true)
      const transport = {
        setMaxIncomingBitrate: async () => undefined,
        setMaxOutgoingBitrate: async (bps: number) => {
          most = bps
          keepsOrder()
        },
        setMinOutgoingBitrate: async (bps: number) => {
          least = bps
          keepsOrder()
        },
      }
      for (const each of visits) {
        const limits = rateLimitsOf(each)
        await limitRates({ send: transport, receive: transport }, limits)
        expect([least, most]).toEqual([limits.minOutgoingBps, limits.maxOutgoingBps])
      }
    }),
  )
})
