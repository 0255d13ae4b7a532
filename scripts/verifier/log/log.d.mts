import type { VerifierKey } from './notes.mjs'

/** What is wrong: the first bad entry, or the stretch in which it is. */
export type LogFault = {
  code: string
  seq?: number
  toSeq?: number
  size?: number
  detail?: string
}

/** What came of checking a folder with a log. */
export type LogVerdict = {
  isGood: boolean
  faults: LogFault[]
  size: number
  checkpoints: number
  keys: string[]
  isKeyCompared: boolean
  log: string
  origin: string
  kept: number
  witnesses: { name: string; size: number; at: number }[]
}

export const verifyLog: (
  folder: string,
  given?: { keys?: VerifierKey[]; kept?: string[] },
) => LogVerdict

/** The notes in a file, or in all files of a folder. */
export const keptNotes: (place: string) => string[]
