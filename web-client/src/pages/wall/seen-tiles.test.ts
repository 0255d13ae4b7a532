import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createSeenTiles } from './seen-tiles.ts'
import type { Seen } from './seen-tiles.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('[OV-4] remembers for half a minute what was scrolled away, the latest first', () => {
  const told: Seen[] = []
  const tiles = createSeenTiles((seen) => told.push(seen))
  tiles.look('a', true)
  tiles.look('b', true)
  tiles.look('a', true)
  expect(told.length).toBe(2)
  tiles.look('a', false)
  vi.advanceTimersByTime(20_000)
  tiles.look('b', false)
  expect(told.at(-1)).toEqual({ onScreen: new Set(), lingering: ['b', 'a'] })
  vi.advanceTimersByTime(10_000)
  expect(told.at(-1)?.lingering).toEqual(['b'])
  tiles.look('b', true)
  expect(told.at(-1)).toEqual({ onScreen: new Set(['b']), lingering: [] })
  vi.advanceTimersByTime(60_000)
  expect(told.at(-1)?.onScreen).toEqual(new Set(['b']))
})
