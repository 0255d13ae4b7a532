import { describe, expect, it } from 'vitest'
import { deviceWords } from './device-words.ts'
import { networkOf } from './network.ts'
import { passwordFault } from './password-rules.ts'

describe('[TR-3] a network', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:7:9:1:2:3:4', '2001:db8:7:9::/64'],
    ['2001:0DB8:0007:0009::1', '2001:db8:7:9::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})

describe('a device', () => {
  it('has words for its browser and its system, and nothing else is kept', () => {
    const edge = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36 Edg/130.0'
    expect(deviceWords(edge)).toEqual({ browser: 'Edge', system: 'Windows' })
    const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari/604.1'
    expect(deviceWords(phone)).toEqual({ browser: 'Safari', system: 'iPhone' })
    expect(deviceWords('curl/8.0')).toEqual({ browser: null, system: null })
    expect(deviceWords(undefined)).toEqual({ browser: null, system: null })
  })
})

describe('[TR-3] a password', () => {
  const vera = { login: 'vera.visitor@example.org', names: ['Vera Visitor'] }
  it.each([
    ['passwordpassword', 'PASSWORD_COMMON'],
    ['qwertyuiopasdfgh', 'PASSWORD_COMMON'],
    ['aaaaaaaaaaaaaaaaaaaa', 'PASSWORD_COMMON'],
    ['123456789012345678', 'PASSWORD_COMMON'],
    ['vera.visitor@example.org', 'PASSWORD_PERSONAL'],
    ['VeraVisitor2026!', 'PASSWORD_PERSONAL'],
    ['vis-a-vis vis-a-vis', 'PASSWORD_PERSONAL'],
    ['nine teapots under a quiet moon', null],
    ['медведь чинит старый трамвай', null],
  ])('like “%s” is %s', (password, fault) => {
    expect(passwordFault(password, vera)).toBe(fault)
  })
})
