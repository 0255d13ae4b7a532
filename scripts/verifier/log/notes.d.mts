/** A key that notes are checked with (C2SP vkey). */
export type VerifierKey = { name: string; kind: number; key: Buffer; text: string }

export const readVerifierKey: (text: string) => VerifierKey | null
/** Whether a log's key signed the note. */
export const isNoteOf: (note: string, by: VerifierKey) => boolean
/** When a witness signed (seconds since 1970), or null without its line. */
export const cosignedAt: (note: string, by: VerifierKey) => number | 'WRONG' | null
/** What a witness signs. */
export const cosignedText: (text: string, seconds: number) => string
/** Whether the note is the old key's word for the next one. */
export const isHandOver: (note: string, old: VerifierKey, next: VerifierKey) => boolean
/** The growing tree of RFC 6962 over leaf hashes. */
export const newTree: () => {
  add: (leaf: Buffer) => void
  root: () => Buffer
  rootWith: (leaf: Buffer) => Buffer
}
export const isGrown: (
  from: { size: number; root: Buffer },
  to: { size: number; root: Buffer },
  proof: Buffer[],
) => boolean
