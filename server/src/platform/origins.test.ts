import { describe, expect, it } from 'vitest'
import { isOriginAllowed } from './origins.ts'

const PUBLIC = { publicOrigin: 'https://visits.example.org', port: 3000 }
const HERE = { publicOrigin: 'http://localhost:3000', port: 3000 }

describe('isOriginAllowed', () => {
  it('knows one public origin, to the letter', () => {
    expect(isOriginAllowed(PUBLIC, 'https://visits.example.org')).toBe(true)
    expect(isOriginAllowed(PUBLIC, 'http://visits.example.org')).toBe(false)
    expect(isOriginAllowed(PUBLIC, 'https://visits.example.org:444')).toBe(false)
    expect(isOriginAllowed(PUBLIC, 'https://visits.example.org.evil.example')).toBe(false)
    expect(isOriginAllowed(PUBLIC, 'http://localhost:3000')).toBe(false)
  })

  it('takes this machine’s names as one, at the same port and protocol', () => {
    expect(isOriginAllowed(HERE, 'http://127.0.0.1:3000')).toBe(true)
    expect(isOriginAllowed(HERE, 'http://[::1]:3000')).toBe(true)
    expect(isOriginAllowed(HERE, 'https://localhost:3000')).toBe(false)
    expect(isOriginAllowed(HERE, 'http://localhost:8080')).toBe(false)
    expect(isOriginAllowed(HERE, 'null')).toBe(false)
  })
})
