import { describe, expect, it } from 'vitest'
import { isPlayable, keptStateOf } from './kept-rules.ts'
import type { KeptRecording } from './kept-rules.ts'

const recording = (
  state: KeptRecording['state'],
  { at = 0, tracks = 1, isDestroyed = false } = {},
): KeptRecording => ({
  state,
  startedAt: new Date(at),
  destroyedAt: isDestroyed ? new Date(at + 1) : null,
  tracks: Array<unknown>(tracks).fill({}),
})

describe('what a visit’s recordings came to', () => {
  it.each([
    ['OPEN', [recording('FINISHED'), recording('OPEN', { at: 1 })], 1],
    ['BEING_MADE', [recording('FINISHED'), recording('RECORDED', { at: 1 })], 0],
    ['WHOLE', [recording('FINISHED'), recording('FINISHED', { tracks: 0 })], 0],
    ['WITH_GAPS', [recording('FINISHED')], 1],
    ['WITH_GAPS', [recording('FINISHED'), recording('FAILED', { tracks: 0 })], 0],
    ['FAILED', [recording('FAILED', { tracks: 0 })], 1],
    ['DESTROYED', [recording('FINISHED', { isDestroyed: true })], 1],
    [
      'DESTROYED',
      [recording('FINISHED', { isDestroyed: true }), recording('FAILED', { tracks: 0 })],
      1,
    ],
    ['WITH_GAPS', [recording('FINISHED', { isDestroyed: true }), recording('FINISHED')], 1],
  ] as const)('%s', (state, recordings, gaps) => {
    expect(keptStateOf(recordings, gaps)).toBe(state)
  })

  it('is played when something is there and its beginning is certain', () => {
    expect(isPlayable([recording('FINISHED')])).toBe(true)
    expect(isPlayable([recording('FINISHED'), recording('RECORDED', { at: 1 })])).toBe(true)
    expect(isPlayable([recording('RECORDED'), recording('FINISHED', { at: 1 })])).toBe(false)
    expect(isPlayable([recording('FINISHED'), recording('OPEN', { at: 1 })])).toBe(false)
    expect(isPlayable([recording('FINISHED', { isDestroyed: true })])).toBe(false)
    expect(isPlayable([recording('FAILED', { tracks: 0 })])).toBe(false)
  })
})
