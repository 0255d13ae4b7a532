import { describe, expect, it } from 'vitest'
import { isConnected } from './connection-state.ts'

const UP = { ice: 'completed', dtls: 'connected' } as const
const NEW = { ice: 'new', dtls: 'new' } as const

describe('a peer is there', () => {
  it('when something is up and the rest was never begun', () => {
    expect(isConnected([UP])).toBe(true)
    expect(isConnected([UP, NEW])).toBe(true)
    expect(isConnected([NEW, NEW])).toBe(false)
    expect(isConnected([])).toBe(false)
  })

  it.each([
    { ice: 'disconnected', dtls: 'connected' },
    { ice: 'completed', dtls: 'failed' },
    { ice: 'completed', dtls: 'closed' },
    { ice: 'closed', dtls: 'connected' },
  ] as const)('not when one transport is %j', (down) => {
    expect(isConnected([UP, down])).toBe(false)
  })

  it('not before encryption stands', () => {
    expect(isConnected([{ ice: 'completed', dtls: 'connecting' }])).toBe(false)
  })
})
