import { type AuditRow, CHAIN_START, type ChainHead, leafHash } from './audit-entry.ts'

/** What is wrong with an entry, or with the place where one should be. */
export type ChainFault =
  /** The bytes are not the ones that were hashed. */
  | 'EDITED'
  /** Bytes and hash are sound but it does not follow the entry before: that one, or this one, was replaced. */
  | 'BROKEN_LINK'
  /** The number that should come next is not there: removed, reordered, or inserted before. */
  | 'MISSING'
  /** The log ends before the head that is known from elsewhere, or with another hash. */
  | 'TRUNCATED'

/** Whether a log is whole; if not, the first bad place. */
export type ChainVerdict =
  | { readonly isWhole: true; readonly head: ChainHead }
  | { readonly isWhole: false; readonly seq: bigint; readonly fault: ChainFault }

/** The parts of an entry that a verdict rests on; the searchable columns are not evidence. */
export type ChainLink = Pick<AuditRow, 'log' | 'seq' | 'hash'> & { readonly bytes: Uint8Array }

/**
 * Walks one log's entries, given in order of `seq`, and names the first that is wrong. `knownHead` (from
 * a checkpoint kept elsewhere) also finds a log that was cut short or written anew from some point.
 */
export function verifyAuditChain(
  entries: Iterable<ChainLink>,
  knownHead: ChainHead = CHAIN_START,
): ChainVerdict {
  let head = CHAIN_START
  for (const entry of entries) {
    const fault = faultOf(head, entry)
    if (fault) return { isWhole: false, seq: head.seq + 1n, fault }
    if (entry.seq === knownHead.seq && entry.hash !== knownHead.hash) {
      return { isWhole: false, seq: entry.seq, fault: 'BROKEN_LINK' }
    }
    head = { seq: entry.seq, hash: entry.hash }
  }
  if (head.seq < knownHead.seq) return { isWhole: false, seq: head.seq + 1n, fault: 'TRUNCATED' }
  return { isWhole: true, head }
}

/** The same walk in steps, for a log that is too long to be held. */
export type ChainCheck = {
  /** The next entry; none after a bad one counts. */
  readonly add: (entry: { seq: number; bytes: Uint8Array; hash: string }) => void
  readonly isBroken: () => boolean
  /** After the last entry of a log that has so many. */
  readonly verdict: (size: number) => ChainVerdict
}

/** Walks a log from its first entry on. */
export function createChainCheck(log: string): ChainCheck {
  let head = CHAIN_START
  let broken: ChainVerdict | null = null
  return {
    add({ seq, bytes, hash }) {
      if (broken) return
      const entry = { log, seq: BigInt(seq), bytes, hash }
      const fault = faultOf(head, entry)
      if (fault) broken = { isWhole: false, seq: head.seq + 1n, fault }
      else head = { seq: entry.seq, hash }
    },
    isBroken: () => broken !== null,
    verdict: (size) => {
      if (broken) return broken
      const isCut = head.seq < BigInt(size)
      return isCut
        ? { isWhole: false, seq: head.seq + 1n, fault: 'TRUNCATED' }
        : { isWhole: true, head }
    },
  }
}

function faultOf(head: ChainHead, entry: ChainLink): ChainFault | null {
  if (entry.seq !== head.seq + 1n) return 'MISSING'
  if (leafHash(entry.bytes) !== entry.hash) return 'EDITED'
  const said = parse(entry.bytes)
  if (said === null || said['seq'] !== Number(entry.seq) || said['log'] !== entry.log)
    return 'EDITED'
  return said['prev'] === head.hash ? null : 'BROKEN_LINK'
}

function parse(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Record<
      string,
      unknown
    >
  } catch {
    return null
  }
}
