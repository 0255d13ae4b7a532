import { expect, it } from 'vitest'
import { createTrustedPeers } from './trusted-peers.ts'

it('[TR-5] trusts the proxies that were named, and nobody else', () => {
  const isTrusted = createTrustedPeers(['10.1.0.0/16', '192.0.2.7', 'loopback'])
  for (const peer of ['10.1.2.3', '::ffff:10.1.2.3', '192.0.2.7', '127.0.0.1', '::1']) {
    expect(isTrusted(peer), peer).toBe(true)
  }
  for (const peer of ['10.2.0.1', '192.0.2.8', '::2', undefined])
    expect(isTrusted(peer)).toBe(false)
  expect(createTrustedPeers([])('127.0.0.1')).toBe(false)
})
