import type { Picture } from '../support/media-course.ts'
import { quantile } from '../support/statistics.ts'
import type { Aims, Fault } from './faults.ts'
import type { FaultRun } from './fault-run.ts'

/** One fault's line of the report. Times are whole ms, shares have two digits. */
export type FaultReport = {
  readonly name: string
  readonly runs: number
  /** Runs after which both sides saw and heard each other again. */
  readonly recovered: number
  readonly mediaP95Ms: number
  readonly linkP95Ms: number
  readonly longestGapP95Ms: number
  readonly longestSilenceP95Ms: number
  /** The worst run's; null where the fault does not last. */
  readonly heardShare: number | null
  /** The middle run's, as `frames a second @ width`; null where no picture is asked for. */
  readonly picture: Readonly<Record<'before' | 'during' | 'after', string>> | null
  /** How often somebody had to touch a page. Nobody can: the bench has no hands. */
  readonly clicks: 0
  readonly isMet: boolean
  /** The aims that were missed. */
  readonly missed: readonly (keyof Aims | 'recovered')[]
}

/** What all runs of a fault come to, held against what it aims at. */
export function reportOf({ name, aims }: Fault, runs: readonly FaultRun[]): FaultReport {
  const p95 = (pick: (run: FaultRun) => number) => Math.round(quantile(runs.map(pick), 0.95))
  const figures = {
    recovered: runs.filter(({ hasRecovered }) => hasRecovered).length,
    mediaP95Ms: p95(({ mediaMs }) => mediaMs),
    linkP95Ms: p95(({ linkMs }) => linkMs),
    longestGapP95Ms: p95(({ longestGapMs }) => longestGapMs),
    longestSilenceP95Ms: p95(({ longestSilenceMs }) => longestSilenceMs),
    heardShare: leastHeard(runs),
  }
  const missed = missedOf(aims, { ...figures, runs })
  return {
    ...{ name, runs: runs.length, ...figures },
    picture: aims.picture ? pictureOf(runs) : null,
    ...{ clicks: 0, isMet: missed.length === 0, missed },
  }
}

type Figures = Pick<
  FaultReport,
  'recovered' | 'mediaP95Ms' | 'linkP95Ms' | 'longestGapP95Ms' | 'heardShare'
> & { readonly runs: readonly FaultRun[] }

function missedOf(aims: Aims, figures: Figures): (keyof Aims | 'recovered')[] {
  const { runs } = figures
  const isOver = (figure: number, aim: number | undefined) => aim !== undefined && figure > aim
  const isMissed = {
    recovered: figures.recovered < runs.length,
    mediaMs: isOver(figures.mediaP95Ms, aims.mediaMs),
    linkMs: isOver(figures.linkP95Ms, aims.linkMs),
    longestGapMs: isOver(figures.longestGapP95Ms, aims.longestGapMs),
    heardShare: aims.heardShare !== undefined && (figures.heardShare ?? 0) < aims.heardShare,
    picture: aims.picture === 'degrades' && !runs.every(hasDegraded),
  }
  const names = Object.keys(isMissed) as (keyof typeof isMissed)[]
  return names.filter((name) => isMissed[name])
}

/** That it came back again is part of the recovery. */
function hasDegraded({ picture: { before, during } }: FaultRun): boolean {
  return pixelsPerS(during) < pixelsPerS(before) * CLEARLY_LESS
}

const CLEARLY_LESS = 0.8

function pixelsPerS({ framesPerS, width }: Picture): number {
  return framesPerS * width * width
}

function leastHeard(runs: readonly FaultRun[]): number | null {
  const shares = runs.flatMap(({ heardShare }) => (heardShare === null ? [] : [heardShare]))
  return shares.length > 0 ? Number(Math.min(...shares).toFixed(2)) : null
}

function pictureOf(runs: readonly FaultRun[]): FaultReport['picture'] {
  const { picture } = runs[Math.floor(runs.length / 2)] ?? {}
  if (!picture) return null
  const { before, during, after } = picture
  return { before: inWords(before), during: inWords(during), after: inWords(after) }
}

function inWords({ framesPerS, width }: Picture): string {
  return `${framesPerS.toFixed(1)} @ ${width}`
}
