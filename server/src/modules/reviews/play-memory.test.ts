import { describe, expect, it } from 'vitest'
import { createPlayMemory, remembered } from './play-memory.ts'

const NOON = Date.UTC(2026, 10, 22, 12)
const HOUR_MS = 3_600_000
const aMemory = () => {
  let now = NOON
  const memory = createPlayMemory({ now: () => new Date(now) })
  return { memory, advance: (ms: number) => void (now += ms) }
}
const PLAY = { playId: 'play', expiresAt: new Date(NOON + HOUR_MS) }
const aKey = () => new Uint8Array(32).fill(7)

describe('[RC-5] what a playback has in memory', () => {
  it('is opened once, and overwritten when it is let go', async () => {
    const { memory } = aMemory()
    const key = aKey()
    let opened = 0
    const open = () =>
      remembered(memory.of(PLAY).keys, 'recording', async () => {
        opened += 1
        return key
      })
    expect(await Promise.all([open(), open()])).toEqual([key, key])
    expect(opened).toBe(1)
    memory.letGo('play')
    await Promise.resolve()
    expect([...key].every((byte) => byte === 0)).toBe(true)
    expect(memory.isOpen('play')).toBe(false)
    await open()
    expect(opened).toBe(2)
    memory.close()
  })

  it('is over with its hour', () => {
    const { memory, advance } = aMemory()
    memory.of(PLAY)
    advance(HOUR_MS - 1)
    expect(memory.isOpen('play')).toBe(true)
    advance(1)
    expect(memory.isOpen('play')).toBe(false)
    memory.close()
  })

  it('is tried again where it could not be opened', async () => {
    const { memory } = aMemory()
    const { keys } = memory.of(PLAY)
    await expect(remembered(keys, 'a', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await remembered(keys, 'a', async () => aKey())).toEqual(aKey())
    memory.close()
  })

  it('is gone with the process’s end', async () => {
    const { memory } = aMemory()
    const key = aKey()
    await remembered(memory.of(PLAY).keys, 'recording', async () => key)
    memory.close()
    await Promise.resolve()
    expect([...key].every((byte) => byte === 0)).toBe(true)
  })
})
