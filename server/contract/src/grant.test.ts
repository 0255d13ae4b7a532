import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SignedGrant, signGrant, verifyGrant } from './grant.ts'
import type { RecordingGrant } from './grant.ts'

const SECRET = 's'.repeat(32)
const EXPIRES_AT = new Date('2030-01-01T10:00:00.000Z')
const before = new Date(EXPIRES_AT.getTime() - 1)

const grant = {
  recordingId: '6f1c2b0e-0c1f-4f6e-9d53-6d7a7c0f5a11',
  visitId: '0b6c5d0c-6a57-4a5c-8f43-0f5b6f8f2c22',
  epoch: 2,
  number: 3,
  visitClass: 'social',
  expiresAt: EXPIRES_AT.toISOString(),
} as RecordingGrant

const verify = (signed: string, now = before, secret = SECRET) =>
  verifyGrant(signed, { secret, now })
const refused = (why: string) => ({ code: 'GRANT_REFUSED', context: { why } })

describe('[RC-1] a recording grant', () => {
  it('comes back as it was signed, in the form of the wire', async () => {
    const signed = await signGrant(grant, SECRET)
    expect(SignedGrant.parse(signed)).toBe(signed)
    expect(await verify(signed)).toEqual(grant)
  })

  it('is void from the instant it expires', async () => {
    const signed = await signGrant(grant, SECRET)
    await expect(verify(signed, EXPIRES_AT)).rejects.toMatchObject(refused('expired'))
  })

  it('is void under another secret, and with any character changed', async () => {
    const signed = await signGrant(grant, SECRET)
    await expect(verify(signed, before, 't'.repeat(32))).rejects.toMatchObject(refused('signature'))
    const dot = signed.indexOf('.')
    await fc.assert(
      fc.asyncProperty(
        fc.nat(signed.length - 2),
        fc.constantFrom('A', 'Z', 'a', 'z', '0', '9', '_', '-'),
        async (at, char) => {
          // The last character of a base64 text carries bits that mean nothing.
          if (signed[at] === char || at === dot || at === dot - 1) return
          const forged = signed.slice(0, at) + char + signed.slice(at + 1)
          await expect(verify(forged)).rejects.toMatchObject({ code: 'GRANT_REFUSED' })
        },
      ),
    )
  })

  it('cannot be made of anything else', async () => {
    for (const text of ['', '.', 'x.y', 'e30.e30', '💥.x', `${await signGrant(grant, SECRET)}x`]) {
      await expect(verify(text)).rejects.toMatchObject({ code: 'GRANT_REFUSED' })
    }
  })

  it('[OV-1] cannot be written for a privileged visit, and one signed elsewhere is refused', async () => {
    const privileged = { ...grant, visitClass: 'privileged' } as unknown as RecordingGrant
    await expect(signGrant(privileged, SECRET)).rejects.toThrow()
    const body = Buffer.from(JSON.stringify(privileged)).toString('base64url')
    const key = await crypto.subtle.importKey(
      'raw',
      new TextEncoder().encode(SECRET),
      { name: 'HMAC', hash: 'SHA-256' },
      false,
      ['sign'],
    )
    const bytes = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(body))
    const signed = `${body}.${Buffer.from(bytes).toString('base64url')}`
    await expect(verify(signed)).rejects.toMatchObject(refused('content'))
  })
})
