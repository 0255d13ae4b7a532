import { expect, test } from 'vitest'
import { SOURCES_UNSEEN, lookAtSources } from './source-rules.ts'
import type { SourceReading } from './source-rules.ts'

/** Looks once a second; `at` says what is different in that second. */
function look(seconds: number, at: (second: number) => Partial<SourceReading>) {
  let state = SOURCES_UNSEEN
  const seen: string[] = []
  for (let second = 0; second < seconds; second += 1) {
    state = lookAtSources(state, {
      atMs: second * 1_000,
      camera: 'on',
      microphone: 'on',
      brightness: 90,
      soundEnergy: second,
      ...at(second),
    })
    seen.push(`${state.camera} ${state.microphone}`)
  }
  return seen
}

test('[LV-10] a black picture is told after five seconds, and light ends it at once', () => {
  const seen = look(9, (second) => ({ brightness: second >= 1 && second < 8 ? 2 : 90 }))
  expect(seen.slice(0, 6)).toEqual(Array(6).fill('ON ON'))
  expect(seen.slice(6)).toEqual(['DARK ON', 'DARK ON', 'ON ON'])
})

test('[LV-10] a microphone without any sound is told after ten seconds, a sound ends it', () => {
  const seen = look(16, (second) => ({ soundEnergy: second < 3 ? second : second < 15 ? 2 : 7 }))
  expect(seen.indexOf('ON SILENT')).toBe(13)
  expect(seen.at(-1)).toBe('ON ON')
})

test('[LV-10] what is switched off is neither dark nor silent', () => {
  const off = { camera: 'off', microphone: 'off', brightness: 0, soundEnergy: 4 } as const
  expect(look(30, () => off).at(-1)).toBe('OFF OFF')
})

test('[LV-10] what cannot be measured is not complained of, and a new sender is no silence', () => {
  expect(look(30, () => ({ brightness: null, soundEnergy: null })).at(-1)).toBe('ON ON')
  expect(look(30, (second) => ({ soundEnergy: second % 9 })).at(-1)).toBe('ON ON')
})

test('[LV-10] a device that is gone or withheld is told at once', () => {
  expect(look(1, () => ({ camera: 'withheld', microphone: 'ended' }))).toEqual([
    'INTERRUPTED ENDED',
  ])
  expect(look(1, () => ({ camera: 'none' }))).toEqual(['NONE ON'])
})
