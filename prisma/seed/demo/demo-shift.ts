import type { TimelineKind } from '@visavis/contract/timeline'
import type { AdviceJudgement, AdviceKind, FlagCategory } from '../../generated/client/enums.ts'
import type { Pair } from './book-if-free.ts'

/** A visit of this morning's shift that is over, with what happened in it; minutes count from its start. */
export type DemoShiftVisit = {
  readonly key: string
  readonly pair: Pair
  readonly terminal: string
  /** How long ago it began. */
  readonly minutesAgo: number
  readonly notes: readonly {
    readonly kind: TimelineKind
    readonly minute: number
    readonly of?: 'VISITOR' | 'INMATE'
    readonly detail?: Readonly<Record<string, string>>
  }[]
  readonly flags: readonly {
    readonly category: FlagCategory
    readonly minute: number
    /** Null: the server flagged it. */
    readonly reason: 'SEEN' | 'HEARD' | 'TOLD' | null
    readonly note: string
  }[]
  readonly advice: readonly {
    readonly kind: AdviceKind
    readonly minute: number
    readonly confidence: number
    readonly judgement: AdviceJudgement | null
  }[]
  /** Minutes in which a wall had it on screen. */
  readonly watched: readonly (readonly [from: number, to: number])[]
}

const COMING = [
  { kind: 'ARRIVED', minute: -6, of: 'VISITOR' },
  { kind: 'ARRIVED', minute: -4, of: 'INMATE' },
  { kind: 'ADMITTED', minute: -3, of: 'VISITOR' },
  { kind: 'ADMITTED', minute: -2, of: 'INMATE' },
  { kind: 'STARTED', minute: 0 },
] as const

export const DEMO_SHIFT_VISITS: readonly DemoShiftVisit[] = [
  {
    key: 'quiet',
    pair: { visitor: 'larisa', inmate: 'rustam' },
    terminal: 'Terminal 2',
    minutesAgo: 240,
    notes: COMING,
    flags: [],
    advice: [
      { kind: 'DARK', minute: 3, confidence: 1, judgement: 'RIGHT' },
      { kind: 'NO_FACE', minute: 11, confidence: 0.71, judgement: 'FALSE' },
    ],
    watched: [[-5, 30]],
  },
  {
    key: 'warned',
    pair: { visitor: 'aliya', inmate: 'timur' },
    terminal: 'Terminal 3',
    minutesAgo: 180,
    notes: [
      ...COMING,
      { kind: 'HELP_CALLED', minute: 4, of: 'VISITOR', detail: { code: 'HEAR_NOTHING' } },
      { kind: 'HELP_ANSWERED', minute: 5, of: 'VISITOR', detail: { code: 'SEEN' } },
      { kind: 'WARNED', minute: 14 },
      { kind: 'FLAGGED', minute: 15, detail: { code: 'THIRD_PERSON' } },
    ],
    flags: [
      {
        category: 'THIRD_PERSON',
        minute: 15,
        reason: 'SEEN',
        note: 'Somebody came in behind the visitor and left after the warning.',
      },
    ],
    advice: [
      { kind: 'MORE_FACES', minute: 14, confidence: 0.92, judgement: 'RIGHT' },
      { kind: 'SILENT', minute: 4, confidence: 1, judgement: 'RIGHT' },
      { kind: 'FACE_AT_EDGE', minute: 22, confidence: 0.64, judgement: null },
    ],
    watched: [[-4, 30]],
  },
  {
    key: 'unwatched',
    pair: { visitor: 'larisa', inmate: 'rustam' },
    terminal: 'Terminal 1',
    minutesAgo: 120,
    notes: [
      ...COMING,
      { kind: 'UNWATCHED', minute: 9 },
      { kind: 'FLAGGED', minute: 9, detail: { code: 'NOT_WATCHED' } },
      { kind: 'WATCHED', minute: 12 },
    ],
    flags: [
      { category: 'NOT_WATCHED', minute: 9, reason: null, note: '' },
      { category: 'WELFARE', minute: 20, reason: 'HEARD', note: 'Spoke of not sleeping for days.' },
    ],
    advice: [{ kind: 'NO_FACE', minute: 8, confidence: 0.83, judgement: 'RIGHT' }],
    watched: [
      [-5, 9],
      [12, 30],
    ],
  },
]
