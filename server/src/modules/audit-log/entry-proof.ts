/** The first line of a proof (C2SP tlog-proof). */
const HEADER = 'c2sp.org/tlog-proof@v1'

/** That an entry stands in a log: everything that is needed to check it but the log's key. */
export type EntryProof = {
  /** As it was hashed. */
  readonly bytes: Uint8Array
  /** From 0. */
  readonly index: number
  /** The hashes beside its way to the root, leaf first. */
  readonly path: readonly Uint8Array[]
  /** A signed note. */
  readonly checkpoint: string
}

/** The proof as a C2SP tlog-proof, with the entry itself as its extra data: one file that reveals no other entry. */
export function entryProofText({ bytes, index, path, checkpoint }: EntryProof): string {
  const hashes = path.map((hash) => Buffer.from(hash).toString('base64'))
  const extra = `extra ${Buffer.from(bytes).toString('base64')}`
  return `${[HEADER, extra, `index ${index}`, ...hashes].join('\n')}\n\n${checkpoint}`
}
