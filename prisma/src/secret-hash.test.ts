import { describe, expect, it } from 'vitest'
import {
  enrolmentCodeHash,
  hashSecret,
  newEnrolmentCode,
  newToken,
  tokenHash,
  verifySecret,
} from './secret-hash.ts'

describe('passwords and PINs', () => {
  it('are kept as argon2id with the costs OWASP asks for', async () => {
    expect(await hashSecret('a long enough phrase')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })

  it('are recognised, and others are not', async () => {
    const stored = await hashSecret('4711')
    expect(await verifySecret(stored, '4711')).toBe(true)
    expect(await verifySecret(stored, '4712')).toBe(false)
  })

  it('are never right for somebody who does not exist', async () => {
    expect(await verifySecret(null, '')).toBe(false)
  })
})

describe('tokens and codes', () => {
  it('are new each time and hash to 64 hex digits', () => {
    expect(newToken()).not.toBe(newToken())
    expect(tokenHash(newToken())).toMatch(/^[0-9a-f]{64}$/)
  })

  it('may be typed in lower case, without the dash, and with look-alike letters', () => {
    expect(enrolmentCodeHash('0o1li-abcde')).toBe(enrolmentCodeHash('00111ABCDE'))
    expect(enrolmentCodeHash('ABCDE-FGHJK')).not.toBe(enrolmentCodeHash('ABCDE-FGHJM'))
  })

  it('hold no letter that is read as another', () => {
    expect(newEnrolmentCode()).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/)
  })
})
