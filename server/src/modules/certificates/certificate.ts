import { sign } from 'node:crypto'
import { canonicalJson } from '@visavis/contract/canonical-json'
import type { CanonicalValue } from '@visavis/contract/canonical-json'
import type { CensusLine } from '@visavis/contract/census'
import type { CanaryCheck } from '@visavis/contract/census-control'
import type { SigningKey } from '../../platform/signing-key.ts'
import type { CanaryResult } from './canary.repo.ts'
import {
  findingOf,
  gapsOf,
  provesNotOf,
  provesOf,
  totalsOf,
  violationsOf,
} from './certificate-rules.ts'
import type { CensusGap, CensusTotals, Finding } from './certificate-rules.ts'

/** A stored line: as it was hashed, and read. */
export type StoredLine = {
  readonly text: string
  readonly hash: string
  readonly line: CensusLine
}

/** All that is known of a privileged visit that has ended, content-free. */
export type CertificateFacts = {
  readonly visitId: string
  readonly facilityId: string
  readonly monitor: string
  readonly isRecorded: boolean
  readonly bookedFrom: Date
  readonly bookedTo: Date
  readonly mediaFrom: Date | null
  readonly mediaTo: Date | null
  readonly endedAt: Date
  readonly outcome: string
  readonly deliveredMs: number
  /** People with a seat. */
  readonly participants: number
  readonly lines: readonly StoredLine[]
  readonly rows: {
    readonly recordings: number
    readonly observations: number
    readonly alarms: number
  }
  readonly canary: CanaryResult | null
}

/** Where and when a certificate is made. */
export type Issue = {
  readonly number: number
  readonly issuedAt: Date
  /** The service's public origin. */
  readonly issuer: string
  readonly key: SigningKey
}

/** What is signed: canonical JSON without null and fractions. */
export type Certificate = {
  readonly v: 1
  readonly type: 'visavis.certificate'
  readonly number: number
  readonly issuedAt: string
  readonly issuer: string
  readonly key: {
    readonly algorithm: 'Ed25519'
    readonly publicKey: string
    readonly fingerprint: string
  }
  readonly finding: Finding
  readonly proves: readonly string[]
  readonly provesNot: readonly string[]
  readonly visit: { readonly [name: string]: string | number | boolean }
  readonly census: readonly { readonly hash: string; readonly text: string }[]
  readonly totals: CensusTotals
  readonly gaps: readonly CensusGap[]
  readonly violations: readonly {
    readonly epoch: number
    readonly at: string
    readonly what: string
  }[]
  readonly rows: { readonly [name: string]: number }
  /** The last one before the visit. */
  readonly canary?: {
    readonly ranAt: string
    readonly isOk: boolean
    readonly checks: readonly { readonly name: CanaryCheck['name']; readonly isOk: boolean }[]
  }
  readonly software: { readonly [name: string]: string }
}

/** Version of the service that stands in certificates. */
const SERVICE_VERSION = '0.1.0'

/** Puts a certificate together; pure. */
export function certificateOf(facts: CertificateFacts, issue: Issue): Certificate {
  const lines = facts.lines.map(({ line }) => line)
  const totals = totalsOf(lines)
  const gaps = gapsOf(lines, facts)
  const violations = violationsOf(lines)
  const finding = findingOf({ ...facts, totals, gaps, violations })
  const { publicKey, fingerprint } = issue.key
  return {
    v: 1,
    type: 'visavis.certificate',
    number: issue.number,
    issuedAt: issue.issuedAt.toISOString(),
    issuer: issue.issuer,
    key: { algorithm: 'Ed25519', publicKey, fingerprint },
    finding,
    proves: provesOf(finding),
    provesNot: provesNotOf(finding),
    visit: visitOf(facts),
    census: facts.lines.map(({ hash, text }) => ({ hash, text })),
    ...{ totals, gaps, violations, rows: { ...facts.rows } },
    ...(facts.canary ? { canary: canaryOf(facts.canary) } : {}),
    software: { visavis: SERVICE_VERSION, ...lines.find((line) => line.software)?.software },
  }
}

function visitOf(facts: CertificateFacts): Certificate['visit'] {
  const { visitId, facilityId, monitor, isRecorded, outcome, deliveredMs, participants } = facts
  const { mediaFrom, mediaTo } = facts
  return {
    ...{ visitId, facilityId, visitClass: 'privileged', monitor, isRecorded },
    bookedFrom: facts.bookedFrom.toISOString(),
    bookedTo: facts.bookedTo.toISOString(),
    ...(mediaFrom ? { mediaFrom: mediaFrom.toISOString() } : {}),
    ...(mediaTo ? { mediaTo: mediaTo.toISOString() } : {}),
    endedAt: facts.endedAt.toISOString(),
    ...{ outcome, deliveredMs, participants },
  }
}

function canaryOf({ ranAt, isOk, checks }: CanaryResult): NonNullable<Certificate['canary']> {
  return {
    ranAt: ranAt.toISOString(),
    isOk,
    checks: checks.map(({ name, isOk: hasHeld }) => ({ name, isOk: hasHeld })),
  }
}

/** The file: `{"certificate": …, "signature": …}` as canonical JSON; the signature is over the certificate's own. */
export function signedFile(certificate: Certificate, { privateKey }: SigningKey): Buffer {
  const value = certificate as unknown as CanonicalValue
  const signature = sign(null, Buffer.from(canonicalJson(value)), privateKey).toString('base64')
  return Buffer.from(canonicalJson({ certificate: value, signature }))
}
