/** What is wrong with a file, or what is to be known of it; bytes from the first to the last bad one. */
export type Fault = {
  code: string
  file: string
  fromByte?: number
  toByte?: number
  detail?: string
}

/** What came of checking a folder. */
export type Verdict = {
  isGood: boolean
  faults: Fault[]
  notes: Fault[]
  isEmpty: boolean
  isKeyCompared: boolean
  fingerprints: string[]
  checked: { files: number; entries: number }
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- files of somebody's, as they were read.
  manifests: any[]
  hasLog: boolean
}

export const verifyFolder: (
  folder: string,
  given?: ({ fingerprint: string } | { key: Uint8Array })[],
) => Verdict
