import { createHash } from 'node:crypto'
import { canonicalJson } from '@visavis/contract/canonical-json'
import { CENSUS_START } from '@visavis/contract/census'
import type { CensusCounts, CensusLine } from '@visavis/contract/census'
import type { CensusText } from '@visavis/contract/census-control'

/** What a line says besides its place in the chain. */
export type CensusFact = Pick<CensusLine, 'kind'> & {
  readonly at: Date
  /** Asked only for a line that is written: what a line that is left out would have said stands in the next. */
  readonly counts: () => CensusCounts
  readonly software?: CensusLine['software']
  readonly end?: CensusLine['end']
  readonly violation?: string | undefined
}

type ChainPlace = { readonly visitId: string; readonly epoch: number; readonly bootId: string }

/** A server that is away so long (seven hours at a line each 5 s) has lost more than this. */
const MOST_KEPT = 5_000

/** The hash-chained lines of one room, kept until they are stored. */
export class CensusChain {
  readonly place: ChainPlace
  readonly #kept: CensusText[] = []
  #seq = 0
  #hash = CENSUS_START
  #unwritten = 0
  #hasEnded = false

  constructor(place: ChainPlace) {
    this.place = place
  }

  get hasEnded(): boolean {
    return this.#hasEnded
  }

  /** Lines that nobody has stored yet, oldest first, at most so many. */
  kept(most: number): CensusText[] {
    return this.#kept.slice(0, most)
  }

  /**
   * Writes a line behind the last one. When too many wait already, a plain one is left out, and the next
   * line that is written says how many were. Nothing follows the end.
   */
  write(fact: CensusFact): void {
    if (this.#hasEnded) return
    if (this.#kept.length >= MOST_KEPT && fact.kind !== 'END') {
      this.#unwritten += 1
      return
    }
    const text = canonicalJson(this.#lineOf(fact))
    const hash = createHash('sha256').update(text).digest('hex')
    this.#seq += 1
    this.#hash = hash
    this.#unwritten = 0
    this.#hasEnded = fact.kind === 'END'
    this.#kept.push({ seq: this.#seq, text, hash })
  }

  /** Forgets what is stored. */
  stored(seq: number): void {
    const after = this.#kept.findIndex((line) => line.seq > seq)
    this.#kept.splice(0, after === -1 ? this.#kept.length : after)
  }

  #lineOf({ kind, at, counts, software, end, violation }: CensusFact) {
    return {
      ...this.place,
      v: 1,
      seq: this.#seq + 1,
      at: at.toISOString(),
      kind,
      counts: counts(),
      ...(this.#unwritten > 0 ? { unwritten: this.#unwritten } : {}),
      ...(software === undefined ? {} : { software }),
      ...(end === undefined ? {} : { end }),
      ...(violation === undefined ? {} : { violation }),
      prevHash: this.#hash,
    }
  }
}
