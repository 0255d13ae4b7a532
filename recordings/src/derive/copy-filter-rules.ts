import type { Cell, CopyPlan } from './copy-plan.ts'
import { COPY_WORDS } from './copy-words.ts'
import type { Span } from './span-rules.ts'
import { offsetName, zoneSpans } from './zone-clock-rules.ts'

/** What is written beneath the pictures. */
export type CopyMarks = {
  readonly visitId: string
  readonly kind: 'REVIEW_COPY' | 'CLIP'
  /** Unix time of the copy's beginning. */
  readonly beginsAtMs: number
  /** IANA name of the facility's zone. */
  readonly timeZone: string
}

/** Smooth enough for signing, and a picture is at most 20 ms off its time. */
export const FRAMES_PER_SECOND = 25
const SAMPLE_RATE = 48_000
/** Cells in a row and their size in pixels, by how many seats there are at most. */
const LAYOUTS = [
  { most: 2, columns: 2, width: 640, height: 360 },
  { most: 4, columns: 2, width: 640, height: 360 },
  { most: 6, columns: 3, width: 424, height: 240 },
  { most: 8, columns: 4, width: 320, height: 180 },
] as const
/** Three lines of text in a strip beneath, so that no mark hides anybody. */
const STRIP_HEIGHT = 72
const LINE_HEIGHT = 22
const SMALL_TEXT = 16
const BIG_TEXT = 26
const MARGIN = 8

type Layout = (typeof LAYOUTS)[number]

/**
 * The filter graph of a copy, with `[v]` and `[a]` at its ends. Its inputs are each cell's pictures, if it has
 * any, and sounds, in the order of {@link inputsOf}.
 */
export function copyFilter(plan: CopyPlan, marks: CopyMarks): string {
  const layout = LAYOUTS.find(({ most }) => plan.cells.length <= most) ?? LAYOUTS[3]
  const inputs = inputsOf(plan)
  const chains = plan.cells.map((cell, at) => {
    const input = inputs.findIndex((one) => one.cell === cell && one.kind === 'video')
    return `${cellChain({ cell, input, layout }, plan.durationMs)}[c${at}]`
  })
  const sounds = inputs.flatMap(({ kind }, at) => (kind === 'audio' ? [at] : []))
  return [
    ...chains,
    `${stacked(plan.cells.length, layout)},${strip(plan, marks)}[v]`,
    ...soundChains(sounds, plan.durationMs),
  ].join(';')
}

/** What ffmpeg is fed with: one stream for the pictures and one for the sounds of each cell that has them. */
export function inputsOf({ cells }: CopyPlan): { cell: Cell; kind: 'video' | 'audio' }[] {
  return cells.flatMap((cell) => [
    ...(cell.pictures.length > 0 ? [{ cell, kind: 'video' as const }] : []),
    ...(cell.sounds.length > 0 ? [{ cell, kind: 'audio' as const }] : []),
  ])
}

type PlacedCell = { readonly cell: Cell; readonly input: number; readonly layout: Layout }

/** Whatever size the pictures have, and however often it changes, they are fitted into their cell. */
function cellChain({ cell, input, layout }: PlacedCell, durationMs: number): string {
  const { width, height } = layout
  const party = cell.party === null ? null : COPY_WORDS[cell.party]
  const label = written(party ?? '', { size: SMALL_TEXT, x: `${MARGIN}`, y: `${MARGIN}` })
  const source =
    input < 0
      ? `color=c=black:s=${width}x${height}:r=${FRAMES_PER_SECOND},format=yuv420p,setsar=1`
      : [
          `[${input}:v]scale=w=${width}:h=${height}:force_original_aspect_ratio=decrease`,
          `pad=w=${width}:h=${height}:x=(ow-iw)/2:y=(oh-ih)/2:eval=frame,setsar=1,format=yuv420p`,
          `fps=${FRAMES_PER_SECOND}:start_time=0,tpad=stop=-1:stop_mode=clone`,
        ].join(',')
  return [
    source,
    `trim=duration=${seconds(durationMs)}`,
    ...blanked(cell.blank, party ?? COPY_WORDS.noPicture),
    ...(party === null ? [] : [label]),
  ].join(',')
}

function stacked(cells: number, { columns, width, height }: Layout): string {
  const inputs = Array.from({ length: cells }, (_, at) => `[c${at}]`).join('')
  if (cells === 1) return `${inputs}null`
  const places = Array.from(
    { length: cells },
    (_, at) => `${(at % columns) * width}_${Math.floor(at / columns) * height}`,
  )
  return `${inputs}xstack=inputs=${cells}:layout=${places.join('|')}:fill=black`
}

function strip(plan: CopyPlan, marks: CopyMarks): string {
  const line = (text: string, at: number, more: Partial<Writing> = {}): string =>
    written(text, {
      size: SMALL_TEXT,
      x: `${MARGIN}`,
      y: `h-${STRIP_HEIGHT - MARGIN / 2 - at * LINE_HEIGHT}`,
      ...more,
    })
  return [
    ...blanked(plan.unrecorded, COPY_WORDS.unrecorded),
    `pad=w=iw:h=ih+${STRIP_HEIGHT}:x=0:y=0:color=black`,
    ...clocks(plan, marks).map(({ text, span }) => line(text, 0, { span, hasClock: true })),
    line(`${COPY_WORDS.visit} ${marks.visitId}`, 1),
    line(COPY_WORDS[marks.kind], 2),
  ].join(',')
}

/** The clock of the facility; another one for each stretch of another offset. */
function clocks({ durationMs }: CopyPlan, { beginsAtMs, timeZone }: CopyMarks) {
  const whole = { fromMs: beginsAtMs, toMs: beginsAtMs + durationMs }
  return zoneSpans(whole, timeZone).map(({ fromMs, toMs, aheadMs }) => ({
    text: `%{pts:gmtime:${seconds(beginsAtMs + aheadMs)}} ${offsetName(aheadMs)} ${timeZone}`,
    span: { fromMs: fromMs - beginsAtMs, toMs: toMs - beginsAtMs },
  }))
}

/** Black, with a word in the middle, while there is nothing to see. */
function blanked(spans: readonly Span[], word: string): string[] {
  if (spans.length === 0) return []
  const when = during(spans)
  return [
    `drawbox=x=0:y=0:w=iw:h=ih:c=black:t=fill:enable='${when}'`,
    written(word, { size: BIG_TEXT, x: '(w-tw)/2', y: '(h-th)/2', when }),
  ]
}

type Writing = {
  readonly size: number
  readonly x: string
  readonly y: string
  readonly span: Span
  readonly when: string
  /** Whether `%{…}` in it is the frame's time. */
  readonly hasClock: boolean
}

function written(text: string, to: Partial<Writing> & Pick<Writing, 'size' | 'x' | 'y'>): string {
  const when = to.when ?? (to.span ? during([to.span]) : null)
  return [
    `drawtext=font=Sans:fontcolor=white:fontsize=${to.size}:x=${to.x}:y=${to.y}`,
    `text='${escaped(text)}'`,
    `expansion=${to.hasClock ? 'normal' : 'none'}`,
    ...(when === null ? [] : [`enable='${when}'`]),
  ].join(':')
}

/** Within quotes, in which no quote can be written. */
function escaped(text: string): string {
  return text.replaceAll("'", '’').replace(/[\\:]/g, '\\$&')
}

/** True from each span's first frame to the one before its end. */
function during(spans: readonly Span[]): string {
  return spans
    .map(({ fromMs, toMs }) => `gte(t,${seconds(fromMs)})*lt(t,${seconds(toMs)})`)
    .join('+')
}

/** All sounds in one, each at its place in time, holes silent; silence where nobody has any. */
function soundChains(inputs: readonly number[], durationMs: number): string[] {
  const end = `atrim=duration=${seconds(durationMs)}`
  if (inputs.length === 0) return [`anullsrc=r=${SAMPLE_RATE}:cl=stereo,${end}[a]`]
  const placed = inputs.map(
    (input) =>
      `[${input}:a]aresample=${SAMPLE_RATE}:async=1:min_hard_comp=0.03:first_pts=0,` +
      `aformat=sample_fmts=fltp:channel_layouts=stereo,apad,${end}[s${input}]`,
  )
  const names = inputs.map((input) => `[s${input}]`).join('')
  // Nobody is made quieter because somebody else is silent; what would be too loud together is held back.
  return [...placed, `${names}amix=inputs=${inputs.length}:normalize=0,alimiter=level=0[a]`]
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3)
}
