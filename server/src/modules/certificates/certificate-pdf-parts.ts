import type { Certificate } from './certificate.ts'
import type { Finding } from './certificate-rules.ts'
import type { CertificateWords } from './certificate-words.ts'

/** A certificate with what its paper says it in. */
export type Paper = {
  readonly certificate: Certificate
  readonly words: CertificateWords
  /** An instant by the facility's clock, with its zone. */
  readonly when: (instant: string) => string
  readonly facilityName: string
  readonly sha256: string
}

/** Readable on white in print and for people who see few colours: the words say it as well. */
export const TONES: Readonly<Record<Finding, string>> = {
  CLEAN: '#0b5a3c',
  GAPS: '#7a4b00',
  VIOLATED: '#9b1c1c',
}
