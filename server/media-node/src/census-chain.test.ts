import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { CENSUS_COUNTS, CENSUS_START, CensusLine } from '@visavis/contract/census'
import type { CensusCounts } from '@visavis/contract/census'
import { CensusChain } from './census-chain.ts'

const PLACE = {
  visitId: '0193a7c0-0000-7000-8000-0000000000aa',
  epoch: 1,
  bootId: '0193a7c0-0000-4000-8000-00000000000b',
}
const counts = Object.fromEntries(CENSUS_COUNTS.map((name) => [name, 0])) as CensusCounts
const EVERY = { kind: 'EVERY', at: new Date(0), counts: () => counts } as const
const MOST_KEPT = 5_000

/** The lines that wait, once their chain is found whole from the line before. */
function lines(chain: CensusChain, before = { seq: 0, hash: CENSUS_START }): CensusLine[] {
  let last = before
  return chain.kept(MOST_KEPT + 1).map(({ seq, text, hash }) => {
    const line = CensusLine.parse(JSON.parse(text))
    expect(line).toMatchObject({ seq: last.seq + 1, prevHash: last.hash })
    expect(hash).toBe(createHash('sha256').update(text).digest('hex'))
    last = { seq, hash }
    return line
  })
}

describe('[OV-8] the chain of a census', () => {
  it('keeps lines until they are stored, and goes on behind them', () => {
    const chain = new CensusChain(PLACE)
    for (let n = 0; n < 5; n += 1) chain.write(EVERY)
    const third = chain.kept(3).at(-1)!
    chain.stored(3)
    chain.write(EVERY)
    expect(lines(chain, third).map(({ seq }) => seq)).toEqual([4, 5, 6])
    chain.stored(2)
    expect(lines(chain, third)).toHaveLength(3)
  })

  it('leaves plain lines out when nobody takes them, says how many, and is whole all the same', () => {
    const chain = new CensusChain(PLACE)
    for (let n = 0; n < MOST_KEPT + 7; n += 1) chain.write(EVERY)
    const kept = chain.kept(MOST_KEPT + 1)
    expect(kept).toHaveLength(MOST_KEPT)
    chain.stored(MOST_KEPT)
    chain.write(EVERY)
    chain.write(EVERY)
    const last = kept.at(-1)!
    expect(lines(chain, last).map(({ unwritten }) => unwritten)).toEqual([7, undefined])
  })

  it('asks for no figures that it does not write: they stand in the next line', () => {
    const chain = new CensusChain(PLACE)
    let asked = 0
    const write = () => chain.write({ ...EVERY, counts: () => ((asked += 1), counts) })
    for (let n = 0; n < MOST_KEPT + 3; n += 1) write()
    expect(asked).toBe(MOST_KEPT)
  })

  it('always writes the end, and nothing behind it', () => {
    const chain = new CensusChain(PLACE)
    for (let n = 0; n < MOST_KEPT + 2; n += 1) chain.write(EVERY)
    chain.write({ ...EVERY, kind: 'END', end: 'VIOLATED', violation: 'a tap' })
    chain.write(EVERY)
    expect(chain.hasEnded).toBe(true)
    const all = lines(chain)
    expect(all).toHaveLength(MOST_KEPT + 1)
    expect(all.at(-1)).toMatchObject({ end: 'VIOLATED', violation: 'a tap', unwritten: 2 })
  })
})
