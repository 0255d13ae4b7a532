import { expect, test } from 'vitest'
import { browserKindOf } from './browser-kind.ts'
import { ownAdviceOf, ownTroubleOf } from './own-trouble.ts'

test('[LV-10] each browser is known by what it says of itself', () => {
  const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15'
  const safari = `${mac} (KHTML, like Gecko) Version/18.0 Safari/605.1.15`
  const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36'
  expect(browserKindOf(safari)).toBe('SAFARI')
  expect(browserKindOf(safari, 5)).toBe('SAFARI_IOS')
  expect(browserKindOf('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) CriOS/142.0 Safari/604.1')).toBe(
    'SAFARI_IOS',
  )
  expect(browserKindOf(chrome)).toBe('CHROME')
  expect(browserKindOf(chrome.replace('X11; Linux x86_64', 'Linux; Android 14'))).toBe('ANDROID')
  expect(browserKindOf('Mozilla/5.0 (X11; Linux; rv:145.0) Gecko/20100101 Firefox/145.0')).toBe(
    'FIREFOX',
  )
  expect(browserKindOf('')).toBe('OTHER')
})

test('[LV-10] of two troubles the voice is spoken of first, and what is switched off is none', () => {
  const own = { isAway: false, camera: 'ON', microphone: 'ON' } as const
  expect(ownTroubleOf(own)).toBeNull()
  expect(ownTroubleOf({ ...own, camera: 'OFF', microphone: 'OFF' })).toBeNull()
  expect(ownTroubleOf({ ...own, camera: 'NONE' })).toBeNull()
  expect(ownTroubleOf({ ...own, camera: 'DARK' })).toEqual({ device: 'camera', state: 'DARK' })
  const both = { ...own, camera: 'DARK', microphone: 'SILENT' } as const
  expect(ownTroubleOf(both)).toEqual({ device: 'microphone', state: 'SILENT' })
  const call = { ...own, microphone: 'INTERRUPTED' } as const
  expect(ownTroubleOf(call)).toEqual({ device: 'microphone', state: 'INTERRUPTED' })
})

test('[LV-11] what is found in the picture is spoken of last, and not of a camera that is off', () => {
  const face = { finding: 'EDGE', confidence: 0.8 } as const
  const own = { isAway: false, camera: 'ON', microphone: 'ON', face } as const
  expect(ownAdviceOf(own)).toBe('EDGE')
  expect(ownAdviceOf({ ...own, face: null })).toBeNull()
  expect(ownAdviceOf({ ...own, microphone: 'SILENT' })).toBeNull()
  expect(ownAdviceOf({ ...own, camera: 'OFF' })).toBeNull()
})
