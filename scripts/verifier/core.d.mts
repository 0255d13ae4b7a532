/** What is wrong; `line` counts the lines of the census from 1. */
export type Fault = { code: string; line?: number; detail?: string }

/** What came of checking a file. */
export type Verdict = {
  isGood: boolean
  faults: Fault[]
  /** Whether the key was compared with one that somebody gave, and was the same. */
  isKeyCompared: boolean
  fingerprint: string
  sha256: string
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a file of somebody's, as it was read.
  certificate: any
}

export const CENSUS_START: string
export const GAP_MS: number
export const EXPECTED: string[]
export const COUNTS: string[]
export const canonical: (value: unknown) => string
export const readKey: (
  given: string,
) => { fingerprint: string } | { key: Uint8Array<ArrayBuffer> } | null
export const verify: (text: string, given?: string) => Promise<Verdict>
