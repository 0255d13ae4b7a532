import { createHash } from 'node:crypto'
import { canonicalJson } from '@visavis/contract/canonical-json'
import { CENSUS_COUNTS, CENSUS_START } from '@visavis/contract/census'
import type { CensusCounts, CensusLine } from '@visavis/contract/census'

/** What stands while two people are in a privileged visit. */
export const TWO_PEOPLE: Partial<CensusCounts> = {
  seats: 2,
  seatTransports: 4,
  seatProducers: 4,
  seatConsumers: 4,
}

/** A line as a test describes it: what is not said follows from its place. */
export type GivenLine = Omit<Partial<CensusLine>, 'counts'> & {
  /** Milliseconds after the chain's beginning. */
  readonly atMs: number
  readonly counts?: Partial<CensusCounts>
}

/** A chained line as a media node writes it. */
export type ChainedLine = {
  readonly text: string
  readonly hash: string
  readonly line: CensusLine
}

type Chain = { readonly visitId: string; readonly beganAt: Date; readonly epoch?: number }

const BOOT_ID = '0193a7c0-0000-4000-8000-00000000000b'

/** Lines of one epoch, hash-chained as a media node does it. */
export function aChain(
  { visitId, beganAt, epoch = 1 }: Chain,
  given: readonly GivenLine[],
): ChainedLine[] {
  let prevHash = CENSUS_START
  return given.map(({ atMs, counts, ...more }, index) => {
    const line = {
      ...{ v: 1, visitId, epoch, bootId: BOOT_ID, seq: index + 1, prevHash },
      at: new Date(beganAt.getTime() + atMs).toISOString(),
      kind: 'EVERY',
      counts: { ...zeros(), ...counts },
      ...more,
    } as CensusLine
    const text = canonicalJson(line as never)
    const hash = createHash('sha256').update(text).digest('hex')
    prevHash = hash
    return { text, hash, line }
  })
}

/** A whole epoch of so many lines, five seconds apart, with two people in it. */
export function aWholeChain(chain: Chain, count: number): ChainedLine[] {
  const line = (index: number): GivenLine => {
    const atMs = index * 5_000
    if (index === 0) {
      return { atMs, kind: 'BEGIN', software: { mediasoup: '3.27.1', node: '24.0.0' } }
    }
    if (index === count - 1) return { atMs, kind: 'END', end: 'CLOSED', counts: TWO_PEOPLE }
    return { atMs, counts: TWO_PEOPLE }
  }
  return aChain(
    chain,
    Array.from({ length: count }, (_, index) => line(index)),
  )
}

function zeros(): CensusCounts {
  return Object.fromEntries(CENSUS_COUNTS.map((name) => [name, 0])) as CensusCounts
}
