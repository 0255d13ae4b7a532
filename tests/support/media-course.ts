import type { Look } from './media-watch.ts'
import { median } from './statistics.ts'

/** How the other side's picture and sound went on one page, over a stretch of time. */
export type MediaCourse = {
  /** The longest time without a new picture. */
  readonly longestStillMs: number
  /** The longest time without the other side's tone. */
  readonly longestSilenceMs: number
  /** How much of the time the tone was heard, 0–1. */
  readonly heardShare: number
  /** Unix ms at which picture or sound came back for good; null: nothing was ever away for long. */
  readonly backAtMs: number | null
  /** Unix ms until which the page said that the line was lost; null: it never did. */
  readonly warnedUntilMs: number | null
}

/** Shorter is a hiccup that people hardly notice, and that a busy machine makes by itself. */
const INTERRUPTION_MS = 1_000
/** From one Unix ms to another. */
export type Stretch = { readonly fromMs: number; readonly toMs: number }
type Gap = { readonly lengthMs: number; readonly endMs: number }

/** The course over a stretch; looks outside of it do not count. A page without looks showed nothing. */
export function courseOf(looks: readonly Look[], { fromMs, toMs }: Stretch): MediaCourse {
  const within = looks.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs)
  const stills = gapsOf(within, { fromMs, toMs }, ({ newFrames }) => newFrames > 0)
  const silences = gapsOf(within, { fromMs, toMs }, ({ heardMs }) => heardMs > 0)
  const interruptions = [...stills, ...silences].filter(
    ({ lengthMs }) => lengthMs >= INTERRUPTION_MS,
  )
  const warnings = within.filter(({ isWarning }) => isWarning)
  const heardMs = within.reduce((sum, look) => sum + look.heardMs, 0)
  return {
    longestStillMs: longest(stills),
    longestSilenceMs: longest(silences),
    heardShare: Math.min(1, heardMs / (toMs - fromMs)),
    backAtMs: latest(interruptions.map(({ endMs }) => endMs)),
    warnedUntilMs: latest(warnings.map(({ atMs }) => atMs)),
  }
}

/** Whether picture and sound came without a break, and without a word of trouble, all that time. */
export function isSteady(looks: readonly Look[], stretch: Stretch): boolean {
  const { longestStillMs, longestSilenceMs, warnedUntilMs } = courseOf(looks, stretch)
  const isFlowing = Math.max(longestStillMs, longestSilenceMs) < INTERRUPTION_MS
  return isFlowing && warnedUntilMs === null
}

/** The times between two looks that saw something, and before the first and after the last of them. */
function gapsOf(
  looks: readonly Look[],
  { fromMs, toMs }: Stretch,
  hasSeen: (look: Look) => boolean,
): Gap[] {
  const seen = looks.filter(hasSeen).map(({ atMs }) => atMs)
  return [...seen, toMs].map((endMs, index) => ({
    lengthMs: endMs - (seen[index - 1] ?? fromMs),
    endMs,
  }))
}

function longest(gaps: readonly Gap[]): number {
  return Math.max(0, ...gaps.map(({ lengthMs }) => lengthMs))
}

function latest(moments: readonly number[]): number | null {
  return moments.length > 0 ? Math.max(...moments) : null
}

/** What a picture was like for a while. */
export type Picture = { readonly framesPerS: number; readonly width: number }

/** The worse of the pages' pictures, each by its median width. */
export function pictureOf(pages: readonly (readonly Look[])[]): Picture {
  const pictures = pages.map((looks) => ({
    framesPerS: framesPerSOf(looks),
    width: looks.length > 0 ? median(looks.map(({ width }) => width)) : 0,
  }))
  return {
    framesPerS: Math.min(...pictures.map(({ framesPerS }) => framesPerS)),
    width: Math.min(...pictures.map(({ width }) => width)),
  }
}

/**
 * Whether every page was looked at from the begin of the stretch on. A watch that has only just begun may
 * have a single look, which knows a width but no rate.
 */
export function isWatched(pages: readonly (readonly Look[])[], { fromMs, toMs }: Stretch): boolean {
  const latestFirstMs = fromMs + (toMs - fromMs) * MISSED_AT_MOST
  return pages.every(([first]) => first !== undefined && first.atMs <= latestFirstMs)
}

const MISSED_AT_MOST = 0.2

/** Whether a picture is what it was; a machine that is busy loses some frames by itself. */
export function isAsGood(now: Picture, before: Picture): boolean {
  return now.width >= before.width && now.framesPerS >= before.framesPerS * SLOWER_AT_MOST
}

const SLOWER_AT_MOST = 0.7

function framesPerSOf(looks: readonly Look[]): number {
  const [first, last] = [looks[0], looks.at(-1)]
  if (!first || !last || last.atMs <= first.atMs) return 0
  const frames = looks.slice(1).reduce((sum, { newFrames }) => sum + newFrames, 0)
  return (frames / (last.atMs - first.atMs)) * 1_000
}
