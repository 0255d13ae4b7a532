import { generateKeyPairSync } from 'node:crypto'
import { withPublicKey } from '../../platform/signing-key.ts'
import type { SigningKey } from '../../platform/signing-key.ts'
import { aWholeChain } from './census-fixture.ts'
import { certificateOf, signedFile } from './certificate.ts'
import type { CertificateFacts } from './certificate.ts'

const VISIT_ID = '0193a7c0-0000-7000-8000-0000000000aa'
const BEGAN_AT = new Date('2026-11-20T09:45:00.000Z')
const after = (ms: number): Date => new Date(BEGAN_AT.getTime() + ms)
const MINUTE_MS = 60_000
/** A line each five seconds, from the lobby to the end. */
const LINES = 60

/** A visit of five minutes that went as it should; what a test says is different. */
export function someFacts(changes: Partial<CertificateFacts> = {}): CertificateFacts {
  return {
    visitId: VISIT_ID,
    facilityId: '0193a7c0-0000-7000-8000-0000000000bb',
    monitor: 'NONE',
    isRecorded: false,
    bookedFrom: BEGAN_AT,
    bookedTo: after(5 * MINUTE_MS),
    mediaFrom: after(10_000),
    mediaTo: after(290_000),
    endedAt: after(295_000),
    outcome: 'COMPLETED',
    deliveredMs: 280_000,
    participants: 2,
    lines: aWholeChain({ visitId: VISIT_ID, beganAt: BEGAN_AT }, LINES),
    rows: { recordings: 0, observations: 0, alarms: 0 },
    canary: {
      mediaNode: 'http://127.0.0.1:4100',
      ranAt: after(-7 * 60 * MINUTE_MS),
      isOk: true,
      checks: [
        { name: 'PARTIES_MEET', isOk: true, ms: 40 },
        { name: 'CONSUMER_BEHIND', isOk: true, ms: 3 },
      ],
    },
    ...changes,
  }
}

/** A new key. */
export function someKey(): SigningKey {
  return withPublicKey(generateKeyPairSync('ed25519').privateKey)
}

/** The file of such a visit. */
export function someFile(key: SigningKey, facts: CertificateFacts = someFacts()): Buffer {
  const issue = { number: 1, issuedAt: after(600_000), issuer: 'https://visits.example.org', key }
  return signedFile(certificateOf(facts, issue), key)
}
