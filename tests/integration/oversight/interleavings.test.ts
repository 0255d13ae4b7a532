import { afterAll, describe, expect, it } from 'vitest'
import type { MediaControl } from '../../support/rtc-client.ts'
import { LibraryCensus } from '../../support/library-census.ts'
import { useMediaNode } from '../../support/media-node-fixture.ts'
import { anySeed, seeded } from '../../support/seeded.ts'
import { flowsIn, forbiddenIn } from './support/forbidden.ts'
import { Interleavings } from './support/interleavings.ts'
import type { Act } from './support/interleavings.ts'

/** A short run for every day; INTERLEAVINGS=10000 is the proof, and INTERLEAVINGS_SEED repeats one. */
const MOMENTS = Number(process.env['INTERLEAVINGS'] ?? 600)
const SEED = Number(process.env['INTERLEAVINGS_SEED'] ?? anySeed())
/** New people and visits after so many, so that the node has no more than it would. */
const MOMENTS_A_WORLD = 100
const MS_A_MOMENT = 500
/** A short run goes on until everybody who may receive something has, but not for ever. */
const MOST_TIMES = 4
/** The one violation that these acts provoke. */
const LIE = 'the class of a standing room was changed'

/** Who may receive what at all. */
const EVERY_FLOW = [
  ...['audio', 'video'].flatMap((kind) => [
    `${kind} at an officer’s listener`,
    `${kind} at officer in focus`,
    `${kind} at other`,
    `${kind} at recorder`,
  ]),
  'video at officer on a tile',
  'video at stills',
].toSorted()

const census = new LibraryCensus()
const { control } = useMediaNode()
afterAll(() => census.close())

describe('ten thousand moments in which everybody acts at once', () => {
  it(
    '[OV-1] [OV-2] [OV-8] [EL-4] leave no consumer, still, level or tap that is forbidden',
    async () => {
      const violations: string[] = []
      const seen = new Map<string, number>()
      control().on('room:violated', ({ what }) => void violations.push(what))
      const chance = seeded(SEED)
      let known = new Interleavings(control(), chance)
      const isDone = (moment: number) =>
        moment >= MOMENTS && (seen.size >= EVERY_FLOW.length || moment >= MOST_TIMES * MOMENTS)
      for (let moment = 0; !isDone(moment); moment += 1) {
        if (moment % MOMENTS_A_WORLD === 0) {
          await emptied(control(), known)
          known = new Interleavings(control(), chance)
        }
        const acts = known.moment()
        await Promise.allSettled(acts.map(({ run }) => run()))
        expect(forbiddenIn(census, known), story(moment, acts)).toEqual([])
        flowsIn(census, known).forEach((flow) => seen.set(flow, (seen.get(flow) ?? 0) + 1))
      }
      await emptied(control(), known)
      expect(
        violations.filter((what) => what !== LIE),
        `seed ${SEED}`,
      ).toEqual([])
      // It could have found something: whoever may receive did, and lies were told.
      expect([...seen.keys()].toSorted(), `seed ${SEED}`).toEqual(EVERY_FLOW)
      expect(violations.length).toBeGreaterThan(0)
    },
    60_000 + MOMENTS * MS_A_MOMENT,
  )
})

function story(moment: number, acts: readonly Act[]): string {
  return `seed ${SEED}, moment ${moment}: ${acts.map(({ text }) => text).join('; ')}`
}

/** Closes every room and observer of that world. */
async function emptied(node: MediaControl, { visits, observerIds }: Interleavings): Promise<void> {
  for (const { visitId, router } of visits) {
    await node.call('closeRoom', { visitId }).catch(() => undefined)
    for (const peerId of router ? observerIds : []) {
      const key = { routerId: router?.routerId ?? '', peerId }
      await node.call('closePeer', key).catch(() => undefined)
    }
  }
}
