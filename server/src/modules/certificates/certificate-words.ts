import { en } from './certificate-words-en.ts'
import { ru } from './certificate-words-ru.ts'
import type { CensusCount } from '@visavis/contract/census'
import type { CanaryCheck } from '@visavis/contract/census-control'
import type { Finding, GapReason } from './certificate-rules.ts'

/** The words of certificates, on paper and in the verifier, in one language. */
export type CertificateWords = {
  readonly title: string
  readonly subtitle: string
  readonly number: string
  readonly finding: Readonly<Record<Finding, string>>
  readonly findingText: Readonly<Record<Finding, string>>
  readonly visit: string
  readonly terms: Readonly<Record<VisitTerm, string>>
  readonly minutes: string
  readonly proves: string
  readonly provesNot: string
  readonly statements: Readonly<Record<string, string>>
  readonly check: string
  readonly checkText: string
  readonly fingerprint: string
  readonly sha256: string
  readonly issued: string
  readonly figures: string
  readonly figuresText: string
  readonly counted: string
  readonly most: string
  readonly expected: string
  readonly counts: Readonly<Record<CensusCount, string>>
  readonly any: string
  readonly gaps: string
  readonly noGaps: string
  readonly gapReasons: Readonly<Record<GapReason, string>>
  readonly violations: string
  readonly noViolations: string
  readonly rows: string
  readonly rowNames: Readonly<Record<'recordings' | 'observations' | 'alarms', string>>
  readonly canary: string
  readonly canaryHeld: string
  readonly canaryFailed: string
  readonly noCanary: string
  readonly checks: Readonly<Record<CanaryCheck['name'], string>>
  readonly chains: string
  readonly epoch: string
  readonly lines: string
  readonly lastHash: string
  readonly software: string
  readonly page: string
}

type VisitTerm =
  | 'reference'
  | 'facility'
  | 'class'
  | 'privileged'
  | 'booked'
  | 'media'
  | 'noMedia'
  | 'ended'
  | 'delivered'
  | 'participants'

/** By language. */
export const CERTIFICATE_WORDS = { en, ru } as const
export type CertificateLanguage = keyof typeof CERTIFICATE_WORDS
