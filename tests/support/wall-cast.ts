import type { VisitClass } from '@visavis/contract/media-policy'
import type { Clip } from './clip-sender.ts'
import { makeVp8Clip } from './vp8-clip.ts'
import type { WallVisitShape } from './wall-visits.ts'

/** Made-up people for many visits at once: names, wings, languages, and pictures of a few colours. */

const VISITORS = [
  ...['Алия Ахметова', 'Мария Кузнецова', 'Ольга Белова', 'Галина Орлова', 'Зухра Юсупова'],
  ...['Наталья Смирнова', 'Вера Ким', 'Тамара Гиоргадзе', 'Екатерина Волкова-Преображенская'],
]
const INMATES = [
  ...['Дмитрий Белов', 'Рустам Ахметов', 'Игорь Орлов', 'Павел Кузнецов', 'Тимур Юсупов'],
  ...['Андрей Смирнов', 'Виктор Ким', 'Леван Гиоргадзе', 'Александр Волков'],
]
const WINGS = ['A', 'B', 'C']
/** One in so many is not like the others. */
const TATAR_EVERY = 7
const OFFICIAL_EVERY = 6
const PRIVILEGED_EVERY = 11
const UNCHECKED_EVERY = 8

/** Loops to send: the small and the large picture of some people. */
export type WallClips = readonly (readonly Clip[])[]

const COLOURS = ['0x31708f', '0x3c763d', '0x8a6d3b', '0x75507b']
const SMALL = { width: 320, height: 180, framesPerSecond: 10, kbit: 90 } as const
const LARGE = { width: 640, height: 360, framesPerSecond: 20, kbit: 350 } as const

/** Makes the pictures; each person has one of them. `people`: of so many; absent: all that there are. */
export async function makeWallClips(people = COLOURS.length): Promise<WallClips> {
  const clip = async (shape: typeof SMALL | typeof LARGE, colour: string): Promise<Clip> => ({
    frames: await makeVp8Clip({ ...shape, colour }),
    framesPerSecond: shape.framesPerSecond,
  })
  return Promise.all(
    COLOURS.slice(0, people).map((colour) =>
      Promise.all([clip(SMALL, colour), clip(LARGE, colour)]),
    ),
  )
}

/** The `at`-th visit of a wall: of every class, wing and language, and some people not let in yet. */
export function aMixedVisit(clips: WallClips, at: number): WallVisitShape {
  const every = (count: number): boolean => at % count === count - 1
  const visitClass = classOf(every)
  return {
    ...aPlainVisit(clips, at),
    language: every(TATAR_EVERY) ? 'tt' : 'ru',
    visitClass,
    isAdmitted: !every(UNCHECKED_EVERY),
  }
}

function classOf(every: (count: number) => boolean): VisitClass {
  if (every(PRIVILEGED_EVERY)) return 'privileged'
  return every(OFFICIAL_EVERY) ? 'official' : 'social'
}

/** The `at`-th of visits that are all alike: social, running, seen and heard. */
export function aPlainVisit(clips: WallClips, at: number): WallVisitShape {
  return {
    visitorName: nameOf(VISITORS, at),
    inmateName: nameOf(INMATES, at),
    language: 'ru',
    wing: WINGS[at % WINGS.length] ?? 'A',
    terminalName: `T-${String(at + 1).padStart(2, '0')}`,
    visitClass: 'social',
    visitor: clips[at % clips.length] ?? [],
    inmate: clips[(at + 1) % clips.length] ?? [],
    hasSound: true,
    isAdmitted: true,
    isRecorded: false,
  }
}

function nameOf(names: readonly string[], at: number): readonly [string, string] {
  const [given = '', family = ''] = (names[at % names.length] ?? '').split(' ')
  return [given, family]
}
