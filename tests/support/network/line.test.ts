import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { seeded } from '../seeded.ts'
import { GOOD_LINE, Line } from './line.ts'
import type { LineConditions } from './line.ts'

const PACKET_BYTES = 972
const HEADER_BYTES = 28

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A line under these conditions, and the numbers of the packets that arrived. */
function aLine(conditions: Partial<LineConditions>) {
  const line = new Line({ now: () => Date.now(), chance: seeded(7) })
  const arrived: number[] = []
  line.become({ ...GOOD_LINE, ...conditions })
  const carry = (from: number, count: number) => {
    for (let at = from; at < from + count; at += 1) line.carry(PACKET_BYTES, () => arrived.push(at))
  }
  return { line, arrived, carry }
}

test('a good line carries everything at once', () => {
  const { arrived, carry } = aLine({})
  carry(0, 3)
  expect(arrived).toEqual([0, 1, 2])
})

test('a dark line carries nothing, and nothing of it later either', () => {
  const { line, arrived, carry } = aLine({ isDark: true })
  carry(0, 3)
  line.become(GOOD_LINE)
  vi.runAllTimers()
  carry(3, 1)
  expect(arrived).toEqual([3])
})

test('a line loses its share by chance', () => {
  const { arrived, carry } = aLine({ lossShare: 0.1 })
  carry(0, 10_000)
  expect(arrived.length).toBeGreaterThan(8_800)
  expect(arrived.length).toBeLessThan(9_200)
})

test('a narrow line carries its rate and no more, in order, and drops what would wait for too long', () => {
  // 1,000 bytes on the wire take 80 ms at 100 kbit/s: three fit into the longest queue.
  const { arrived, carry } = aLine({ kbps: 100 })
  expect(PACKET_BYTES + HEADER_BYTES).toBe(1_000)
  carry(0, 5)
  vi.advanceTimersByTime(79)
  expect(arrived).toEqual([])
  vi.advanceTimersByTime(1)
  expect(arrived).toEqual([0])
  vi.advanceTimersByTime(1_000)
  expect(arrived).toEqual([0, 1, 2])
  carry(5, 1)
  vi.advanceTimersByTime(80)
  expect(arrived).toEqual([0, 1, 2, 5])
})

test('what waits does not fall behind what comes when the line is good again', () => {
  const { line, arrived, carry } = aLine({ kbps: 100 })
  carry(0, 2)
  line.become(GOOD_LINE)
  carry(2, 1)
  vi.advanceTimersByTime(1_000)
  expect(arrived).toEqual([0, 1, 2])
})
