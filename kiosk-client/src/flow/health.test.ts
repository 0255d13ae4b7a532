import { TerminalHealth } from '@visavis/contract/terminal-health'
import { describe, expect, it } from 'vitest'
import { devicesOf, freeMbOf, networkOf, versionOf } from './health.ts'

describe('[LV-10] what a terminal tells of its machine', () => {
  const ALL = ['videoinput', 'audioinput', 'audiooutput'] as const
  const ALLOWED = { camera: true, microphone: true }

  it('tells a device that is missing from one that is withheld', () => {
    expect(devicesOf(ALL, ALLOWED)).toEqual({ camera: 'OK', microphone: 'OK', speaker: 'OK' })
    expect(devicesOf(['audioinput'], ALLOWED)).toMatchObject({ camera: 'NONE', speaker: 'NONE' })
    expect(devicesOf(ALL, { camera: false, microphone: null })).toMatchObject({
      camera: 'BLOCKED',
      microphone: 'OK',
    })
  })

  it('names the build by its file, and room and network only where the browser knows', () => {
    expect(versionOf('https://x.test/terminal/assets/index-B3xQ.js')).toBe('index-B3xQ')
    expect(versionOf('http://x.test/src/main.tsx?t=1')).toBe('main')
    expect(versionOf('')).toBe('')
    expect(freeMbOf({ quota: 3_500_000, usage: 500_000 })).toBe(3)
    expect(freeMbOf({ quota: 1, usage: 2 })).toBe(0)
    expect(freeMbOf({})).toBeNull()
    expect(networkOf('wifi')).toBe('wifi')
    expect(networkOf(undefined)).toBe('unknown')
    expect(TerminalHealth.shape.network.safeParse(networkOf('bluetooth')).success).toBe(true)
  })
})
