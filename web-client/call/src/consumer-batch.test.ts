import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ConsumerInfo } from '@visavis/contract/rtc'
import { createConsumerBatch } from './consumer-batch.ts'

const consumer = (seatId: string, kind: 'audio' | 'video'): { info: ConsumerInfo } => ({
  info: { consumerId: `${kind} of ${seatId}`, seatId, kind } as ConsumerInfo,
})

function createNotedBatch() {
  const built: string[][] = []
  const batch = createConsumerBatch((items) => {
    built.push(items.map(({ info }) => info.consumerId))
  })
  return { built, batch }
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('voice and picture of a person are built at once and together', () => {
  const { built, batch } = createNotedBatch()
  batch.add(consumer('dmitri', 'audio'))
  expect(built).toEqual([])
  batch.add(consumer('dmitri', 'video'))
  expect(built).toEqual([['audio of dmitri', 'video of dmitri']])
  vi.runAllTimers()
  expect(built).toHaveLength(1)
})

test('what stays alone is built a moment later, with all that came meanwhile', () => {
  const { built, batch } = createNotedBatch()
  batch.add(consumer('dmitri', 'video'))
  batch.add(consumer('anna', 'video'))
  vi.runAllTimers()
  expect(built).toEqual([['video of dmitri', 'video of anna']])
  batch.add(consumer('anna', 'audio'))
  vi.runAllTimers()
  expect(built[1]).toEqual(['audio of anna'])
})

test('a flush leaves nothing for later, a close nothing at all', () => {
  const { built, batch } = createNotedBatch()
  batch.add(consumer('dmitri', 'video'))
  batch.flush()
  batch.add(consumer('anna', 'video'))
  batch.close()
  vi.runAllTimers()
  expect(built).toEqual([['video of dmitri']])
})
