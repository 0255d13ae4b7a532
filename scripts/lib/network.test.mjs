import { describe, expect, it } from 'vitest'
import { lanAddresses } from './network.mjs'

/** @param {string} address @param {boolean} internal */
const ipv4 = (address, internal = false) => ({ family: 'IPv4', address, internal })

describe('this machine’s addresses on the local network', () => {
  it('begin with a real interface, and end with those of containers', () => {
    const interfaces = {
      lo: [ipv4('127.0.0.1', true)],
      docker0: [ipv4('172.17.0.1')],
      wlan0: [{ family: 'IPv6', address: 'fe80::1', internal: false }, ipv4('192.0.2.7')],
    }
    expect(lanAddresses(/** @type {any} */ (interfaces))).toEqual(['192.0.2.7', '172.17.0.1'])
  })
})
