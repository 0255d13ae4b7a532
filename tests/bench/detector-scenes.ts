import { BACKGROUNDS, HAIRS, LIGHTS, PLAIN_FACE, TONES } from '../support/drawn-face.ts'
import type { DrawnFace, DrawnScene, Tone } from '../support/drawn-face.ts'
import { seeded } from '../support/seeded.ts'
import type { Chance } from '../support/seeded.ts'

/** What the detectors should say of a scene at which one person was let in; null: nothing. */
export type Expected = 'NONE' | 'MORE' | 'EDGE' | 'DARK' | null

export type GroupedScene = {
  readonly scene: DrawnScene
  readonly expected: Expected
  /** What it is counted under, such as `tone:IV` or `glasses`. */
  readonly groups: readonly string[]
}

const SEED = 20261122

/** Choices as scenes need them. */
function chances(chance: Chance) {
  return {
    is: chance.is,
    one: <Item>(list: readonly Item[]): Item => list[chance.below(list.length)] as Item,
    /** A number of that range. */
    within: (from: number, to: number): number =>
      from + (chance.below(1_001) / 1_000) * (to - from),
  }
}
const { is, one, within } = chances(seeded(SEED))

const ALL_TONES = Object.keys(TONES) as Tone[]
const DIMNESS = Object.keys(LIGHTS) as (keyof typeof LIGHTS)[]
const FACES_OF_A_TONE = 30
const OTHERS_OF_A_KIND = 24

const NO_BODY: DrawnScene = { faces: [], background: 'wall', light: 1, poster: null }

/** Some 300 drawn scenes, always the same. */
export function detectorScenes(): readonly GroupedScene[] {
  const times = (count: number, make: (index: number) => GroupedScene): GroupedScene[] =>
    Array.from({ length: count }, (_, index) => make(index))
  return [
    ...ALL_TONES.flatMap((tone) => times(FACES_OF_A_TONE, (index) => oneFace(tone, index))),
    ...times(OTHERS_OF_A_KIND, (index) => nobody(index)),
    ...times(OTHERS_OF_A_KIND, (index) => twoPeople(index)),
    ...times(OTHERS_OF_A_KIND, (index) => atTheEdge(index)),
    ...times(OTHERS_OF_A_KIND / 2, () => darkness()),
    ...times(OTHERS_OF_A_KIND, (index) => aPoster(index)),
  ]
}

/** One whole face. The scenes of each tone are the same but for the tone, and no mark goes along with another. */
function oneFace(tone: Tone, index: number): GroupedScene {
  const own = chances(seeded(SEED + index))
  const hair = HAIRS[index % HAIRS.length] ?? 'short'
  const dimness = own.one(DIMNESS)
  const background = own.one(BACKGROUNDS)
  const face: DrawnFace = {
    ...{
      tone,
      hair,
      size: own.within(0.35, 0.7),
      x: own.within(0.35, 0.65),
      y: own.within(0.42, 0.55),
    },
    hasBeard: hair !== 'headscarf' && own.is(0.3),
    hasGlasses: own.is(0.3),
    tiltDeg: own.is(0.25) ? own.within(16, 30) * own.one([-1, 1]) : own.within(-8, 8),
    turn: own.is(0.2) ? own.within(0.6, 1) * own.one([-1, 1]) : own.within(-0.3, 0.3),
  }
  const groups = [`tone:${tone}`, `light:${dimness}`, `background:${background}`, ...marksOf(face)]
  return {
    scene: { ...NO_BODY, faces: [face], background, light: LIGHTS[dimness] },
    expected: null,
    groups: ['one face', ...groups],
  }
}

function marksOf({ hair, hasBeard, hasGlasses, tiltDeg, turn }: DrawnFace): string[] {
  return [
    `hair:${hair}`,
    ...(hasBeard ? ['beard'] : []),
    ...(hasGlasses ? ['glasses'] : []),
    ...(Math.abs(tiltDeg) > 15 ? ['tilted'] : []),
    ...(Math.abs(turn) > 0.5 ? ['turned'] : []),
  ]
}

function nobody(index: number): GroupedScene {
  const background = BACKGROUNDS[index % BACKGROUNDS.length] ?? 'wall'
  const scene = { ...NO_BODY, background, light: within(0.4, 1) }
  return { scene, expected: 'NONE', groups: ['nobody'] }
}

const anyFace = (given: Partial<DrawnFace>): DrawnFace => ({
  ...PLAIN_FACE,
  ...{ tone: one(ALL_TONES), hair: one(HAIRS), hasGlasses: is(0.3), turn: within(-0.3, 0.3) },
  ...given,
})

function twoPeople(index: number): GroupedScene {
  const size = within(0.4, 0.6)
  const faces = [
    anyFace({ x: within(0.25, 0.32), size, tone: ALL_TONES[index % 6] ?? 'I' }),
    anyFace({
      x: within(0.68, 0.75),
      size: size * within(0.7, 1),
      tone: ALL_TONES[(index + 2) % 6] ?? 'I',
    }),
  ]
  return { scene: { ...NO_BODY, faces }, expected: 'MORE', groups: ['two people'] }
}

function atTheEdge(index: number): GroupedScene {
  const isFar = index % 4 === 3
  const cut = [{ x: within(0.02, 0.08) }, { x: within(0.92, 0.98) }, { y: within(0.85, 0.95) }][
    index % 4
  ] ?? { size: 0.1 }
  const face = anyFace({ size: 0.6, ...cut, tone: ALL_TONES[index % 6] ?? 'I' })
  const groups = [isFar ? 'far away' : 'cut by the edge']
  return { scene: { ...NO_BODY, faces: [face] }, expected: 'EDGE', groups }
}

function darkness(): GroupedScene {
  const scene = { ...NO_BODY, faces: [anyFace({})], light: within(0, 0.02) }
  return { scene, expected: 'DARK', groups: ['dark'] }
}

/** With somebody before it, and with nobody. */
function aPoster(index: number): GroupedScene {
  const poster = anyFace({ x: within(0.8, 0.86), y: 0.3, size: within(0.25, 0.35) })
  if (index % 2 === 0)
    return { scene: { ...NO_BODY, poster }, expected: 'NONE', groups: ['poster, nobody'] }
  const faces = [anyFace({ x: 0.4, size: 0.6 })]
  return { scene: { ...NO_BODY, faces, poster }, expected: null, groups: ['poster, one face'] }
}
