import type { Reply } from '../../../api/api.ts'
import type { Stretch, Track } from './line-rules.ts'

export type Waveform = Reply<'playWaveforms'>['waveforms'][number]

/** How finely a line is drawn; more is not seen on any screen. */
export const COLUMNS = 800
const FULL_SCALE = 255
/** Silence is a hairline, so that it is told from a gap. In shares of the half height. */
const HAIRLINE = 0.02

type Sound = { readonly track: Pick<Track, 'startMs'>; readonly waveform: Waveform }

/**
 * The loudest of each column of the line, 0 to 1; -1 where nothing was recorded. Sounds of several epochs
 * lie on the same line.
 */
export function columnsOf(sounds: readonly Sound[], lengthMs: number): number[] {
  const columns = new Array<number>(COLUMNS).fill(-1)
  if (lengthMs <= 0) return columns
  for (const { track, waveform } of sounds) {
    const columnsEach = (waveform.everyMs / lengthMs) * COLUMNS
    const first = (track.startMs / lengthMs) * COLUMNS
    for (const [index, level] of levelsOf(waveform.levels).entries()) {
      const from = first + index * columnsEach
      raise(columns, { from, to: from + columnsEach }, level / FULL_SCALE)
    }
  }
  return columns
}

/** Lifts the columns of a stretch, at least one, to a level. */
function raise(columns: number[], { from, to }: { from: number; to: number }, level: number): void {
  const end = Math.max(Math.floor(from) + 1, Math.floor(to))
  for (let column = Math.max(0, Math.floor(from)); column < end; column += 1) {
    const before = columns[column]
    if (before !== undefined) columns[column] = Math.max(before, level)
  }
}

/** An SVG path in a box of {@link COLUMNS} × 2, the line in its middle. */
export function pathOf(columns: readonly number[]): string {
  return columns
    .map((level, column) => {
      if (level < 0) return ''
      const half = Math.max(HAIRLINE, level)
      return `M${column} ${(1 - half).toFixed(2)}h1v${(2 * half).toFixed(2)}h-1z`
    })
    .join('')
}

function levelsOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
}

/** Where a stretch is on a line, in shares of the whole. */
export function shareOf(
  { fromMs, toMs }: Stretch,
  lengthMs: number,
): { readonly from: number; readonly size: number } {
  if (lengthMs <= 0) return { from: 0, size: 0 }
  const clamp = (value: number) => Math.max(0, Math.min(lengthMs, value))
  const from = clamp(fromMs) / lengthMs
  return { from, size: clamp(toMs) / lengthMs - from }
}
