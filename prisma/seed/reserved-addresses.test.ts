import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aNotice } from './builders/booking.ts'
import { aVisitor, anAccount } from './builders/people.ts'
import { isReservedAddress, requireReserved } from './reserved-addresses.ts'

const REAL_LOOKING = [
  ...[
    'maria@gmail.com',
    'a@example.de',
    'a@example.org.ru',
    'a@notexample.org',
    'a@example.organic',
  ],
  ...['a@mail.ru', 'a@prison.gov', 'a@test.com'],
]

describe('[TR-6] the seed’s people', () => {
  it('have addresses that are nobody’s', () => {
    for (const address of ['a@example.org', 'A@Sub.Example.COM', 'a@x.test', 'a@b.invalid']) {
      expect(isReservedAddress(address)).toBe(true)
    }
    for (const address of REAL_LOOKING) expect(isReservedAddress(address)).toBe(false)
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        const isReserved = /(^|[@.])(example\.(com|net|org)|example|test|invalid|localhost)$/i
        expect(isReservedAddress(address)).toBe(isReserved.test(address))
      }),
    )
  })

  it.each(REAL_LOOKING)(
    'are refused with %s, by every builder, and the address is not repeated',
    (address) => {
      const attempts = [
        () => aVisitor({ email: address }),
        () => anAccount({ role: 'visitor', login: address }),
        () => aNotice({ address }),
        () => requireReserved(address),
      ]
      for (const attempt of attempts) expect(attempt).toThrow(/example\.org/)
      for (const attempt of attempts) expect(attempt).not.toThrow(address)
    },
  )

  it('may have a login that is no address', () => {
    expect(() => anAccount({ role: 'scheduler', login: 'desk.one' })).not.toThrow()
    expect(() => aNotice({ channel: 'TERMINAL' })).not.toThrow()
  })
})
