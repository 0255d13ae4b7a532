import { describe, expect, it } from 'vitest'
import { isOwnScript } from './script-address.ts'

const PAGE = 'https://visits.example.org/visits/1'

describe('a script that a page runs', () => {
  it.each(['/assets/face-worker-1.js', 'https://visits.example.org/terminal/assets/a.js'])(
    'may be %s',
    (address) => expect(isOwnScript(address, PAGE)).toBe(true),
  )

  it.each([
    'https://evil.example/a.js',
    '//evil.example/a.js',
    'data:text/javascript,0',
    'blob:https://evil.example/1',
    'javascript:0',
    'http://visits.example.org/assets/a.js',
    'https://[',
  ])('is never %s', (address) => expect(isOwnScript(address, PAGE)).toBe(false))
})
