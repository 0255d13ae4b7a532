/** What a single key does in the player. */
export const PLAYER_DEEDS = [
  'toggle',
  'stop',
  'faster',
  'farBack',
  'back',
  'forward',
  'frameBack',
  'frameForward',
  'previousEvent',
  'nextEvent',
  'previousFlag',
  'nextFlag',
  'nextSpeech',
  'markIn',
  'markOut',
  'note',
  'help',
] as const
export type PlayerDeed = (typeof PLAYER_DEEDS)[number]

type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'repeat'
>

/** By the keys' places on the board, so that they work under a Russian layout too. */
const BY_CODE: Readonly<Record<string, PlayerDeed>> = {
  Space: 'toggle',
  KeyK: 'stop',
  KeyL: 'faster',
  KeyJ: 'farBack',
  ArrowLeft: 'back',
  ArrowRight: 'forward',
  Comma: 'frameBack',
  Period: 'frameForward',
  BracketLeft: 'previousEvent',
  BracketRight: 'nextEvent',
  KeyI: 'markIn',
  KeyO: 'markOut',
  KeyN: 'note',
  KeyF: 'nextFlag',
  KeyS: 'nextSpeech',
}
/** The one that goes the other way with Shift. */
const WITH_SHIFT: Readonly<Record<string, PlayerDeed>> = { KeyF: 'previousFlag' }
/** Those that go on while they are held. */
const HELD: readonly PlayerDeed[] = ['back', 'forward', 'farBack', 'frameBack', 'frameForward']

/** Which key of the player was pressed; null: none of them. Pure. */
export function playerKeyOf(press: KeyPress): PlayerDeed | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null
  if (press.key === '?') return press.repeat ? null : 'help'
  const deed = (press.shiftKey ? WITH_SHIFT : BY_CODE)[press.code]
  if (deed === undefined || (press.repeat && !HELD.includes(deed))) return null
  return deed
}

/** The speeds that are offered; a voice can be followed up to twice, the rest is for looking. */
export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4] as const

/** The next speed up, or the same at the top. */
export function fasterThan(speed: number): number {
  return SPEEDS.find((each) => each > speed) ?? speed
}

/** A stretch to cut out, in ms on the visit's line; null: not marked. */
export type Marks = { readonly inMs: number | null; readonly outMs: number | null }
export const NO_MARKS: Marks = { inMs: null, outMs: null }

/** Marks with one of them moved; what would lie on the wrong side of it is dropped. */
export function withMark(marks: Marks, which: 'in' | 'out', atMs: number): Marks {
  if (which === 'in') {
    return { inMs: atMs, outMs: marks.outMs !== null && marks.outMs > atMs ? marks.outMs : null }
  }
  return { inMs: marks.inMs !== null && marks.inMs < atMs ? marks.inMs : null, outMs: atMs }
}

/** What is marked; an end that is not is the line's own. Null: nothing is. In whole ms. */
export function stretchOf(
  { inMs, outMs }: Marks,
  lengthMs: number,
): { fromMs: number; toMs: number } | null {
  if (inMs === null && outMs === null) return null
  return { fromMs: Math.round(inMs ?? 0), toMs: Math.round(outMs ?? lengthMs) }
}
