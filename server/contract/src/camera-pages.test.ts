import { describe, expect, it } from 'vitest'
import { mayUseCamera } from './camera-pages.ts'

describe('camera and microphone', () => {
  it.each([
    '/visits/some',
    '/visits/some/check',
    '/visits/some/try',
    '/wall',
    '/terminal/',
    '/terminal/call',
  ])('are for %s', (path) => expect(mayUseCamera(path)).toBe(true))

  it.each([
    '/',
    '/visits',
    '/visits/',
    '/sign-in',
    '/wallet',
    '/book/done/some',
    '/terminals',
    '/room',
  ])('are not for %s', (path) => expect(mayUseCamera(path)).toBe(false))
})
