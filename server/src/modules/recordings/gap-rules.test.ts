import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GAP_CAUSES } from '@visavis/contract/recording-manifest'
import { gapsOf, requiredOf } from './gap-rules.ts'
import type { GapCourse, KeptRecording } from './gap-rules.ts'
import type { GapNote } from './gap-track-rules.ts'
import { joined, shared, without } from './gap-spans.ts'

const S = 1000
const END = 600 * S
const note = (atS: number, kind: GapNote['kind'], more: Partial<GapNote> = {}): GapNote => ({
  ...{ atMs: atS * S, kind, seatId: null, detail: {}, ...more },
})
const SEATS = [
  { seatId: 'visitor', party: 'VISITOR' as const },
  { seatId: 'inmate', party: 'INMATE' as const },
]
const BEGIN = [
  note(-60, 'ADMITTED', { seatId: 'visitor' }),
  note(-30, 'ADMITTED', { seatId: 'inmate' }),
  note(0, 'STARTED'),
]
const tracksOf = (fromS: number, toS: number): KeptRecording['tracks'] =>
  SEATS.flatMap(({ seatId }) =>
    (['audio', 'video'] as const).map((kind) => ({
      seatId,
      kind,
      fromMs: fromS * S,
      toMs: toS * S,
    })),
  )
const kept = (fromS: number, toS: number, more: Partial<KeptRecording> = {}): KeptRecording => ({
  state: 'FINISHED',
  open: { fromMs: fromS * S, toMs: toS * S },
  kept: { fromMs: fromS * S, toMs: toS * S },
  failure: null,
  isRecovered: false,
  tracks: tracksOf(fromS, toS),
  ...more,
})
const course = (more: Partial<GapCourse>): GapCourse => ({
  ...{ endMs: END, notes: BEGIN, seats: SEATS, flow: [], recordings: [kept(0, 600)] },
  ...{ damaged: [], ...more },
})
const said = (gaps: ReturnType<typeof gapsOf>) =>
  gaps.map(({ fromMs, toMs, cause, seatId, kind }) =>
    [fromMs / S, toMs / S, cause, ...(seatId ? [seatId, kind] : [])].join(' '),
  )
/** A track of the visitor's that is missing for a while. */
const lacking = (kind: 'audio' | 'video', fromS: number, toS: number) =>
  kept(0, 600, {
    tracks: tracksOf(0, 600).flatMap((track) =>
      track.seatId === 'visitor' && track.kind === kind
        ? without([track], [{ fromMs: fromS * S, toMs: toS * S }]).map((part) => ({
            ...track,
            ...part,
          }))
        : [track],
    ),
  })

describe('[RC-3] the gaps of a recording', () => {
  it('are none where everything was kept, pauses left out', () => {
    expect(gapsOf(course({}))).toEqual([])
    const notes = [...BEGIN, note(100, 'PAUSED'), note(160, 'RESUMED')]
    expect(gapsOf(course({ notes, recordings: [kept(0, 100), kept(160, 600)] }))).toEqual([])
    expect(requiredOf({ notes, endMs: END })).toEqual([
      { fromMs: 0, toMs: 100 * S },
      { fromMs: 160 * S, toMs: END },
    ])
  })

  it.each<[string, Partial<GapCourse>, string[]]>([
    [
      'a recorder that died',
      { recordings: [kept(0, 100, { isRecovered: true }), kept(103, 600)] },
      ['100 103 RECORDER_LOST'],
    ],
    [
      'a full disk',
      { recordings: [kept(0, 100, { failure: 'DISK_FULL' }), kept(140, 600)] },
      ['100 140 DISK_FULL'],
    ],
    [
      'a recording that failed as a whole',
      {
        recordings: [
          kept(0, 100, { state: 'FAILED', kept: null, failure: 'RECEIVER_FAILED', tracks: [] }),
          kept(101, 600),
        ],
      },
      ['0 101 RECORDER_LOST'],
    ],
    [
      'a room that was placed anew',
      { notes: [...BEGIN, note(103, 'MEDIA_REBUILT')], recordings: [kept(0, 100), kept(105, 600)] },
      ['100 105 MEDIA_LOST'],
    ],
    [
      'nothing that came at first, before a recorder died later',
      {
        recordings: [
          kept(2, 100, { open: { fromMs: -5 * S, toMs: 100 * S }, isRecovered: true }),
          kept(103, 600),
        ],
      },
      ['0 2 NOT_KNOWN', '100 103 RECORDER_LOST'],
    ],
    [
      'a disk that did not give back the end, before the recorder died',
      {
        damaged: [{ fromMs: 97 * S, toMs: 100 * S }],
        recordings: [kept(0, 97, { isRecovered: true }), kept(100.5, 600)],
      },
      ['97 100.5 DAMAGED'],
    ],
    [
      'a disk that did not give back a second',
      { damaged: [{ fromMs: 50 * S, toMs: 51 * S }], recordings: [lacking('video', 50.02, 51.1)] },
      ['50.02 51.1 DAMAGED visitor video'],
    ],
    ['no recorder at all', { recordings: [] }, ['0 600 NO_RECORDER']],
    [
      'an officer who let it go on',
      {
        notes: [
          ...BEGIN,
          note(105, 'UNRECORDED'),
          note(130, 'GOES_ON_UNRECORDED'),
          note(300, 'RECORDED'),
        ],
        recordings: [kept(0, 100, { isRecovered: true }), kept(300, 600)],
      },
      ['100 130 RECORDER_LOST', '130 300 GONE_ON'],
    ],
  ])('name the cause: %s', (_name, given, expected) => {
    expect(said(gapsOf(course(given)))).toEqual(expected)
  })
})

const visitor = { seatId: 'visitor' }

describe('[RC-3] the gaps of one track', () => {
  it.each<[string, 'audio' | 'video', GapNote[], string[]]>([
    [
      'an officer’s mute',
      'audio',
      [
        note(100, 'MUTED', { detail: { code: 'VISITOR' } }),
        note(130, 'UNMUTED', { detail: { code: 'VISITOR' } }),
      ],
      ['100 130 MUTED visitor audio'],
    ],
    [
      'a camera switched off',
      'video',
      [note(101, 'DEVICE', { ...visitor, detail: { device: 'camera', state: 'OFF' } })],
      ['100 130 SWITCHED_OFF visitor video'],
    ],
    [
      'a camera pulled out',
      'video',
      [note(101, 'DEVICE', { ...visitor, detail: { device: 'camera', state: 'ENDED' } })],
      ['100 130 DEVICE_LOST visitor video'],
    ],
    [
      'a line that broke, noticed ten seconds later',
      'audio',
      [note(110, 'DROPPED', visitor), note(129, 'CAME_BACK', visitor)],
      ['100 130 LINE_LOST visitor audio'],
    ],
    ['nothing that anybody noted', 'audio', [], ['100 130 NOT_KNOWN visitor audio']],
  ])('name the cause: %s', (...[, kind, notes, expected]) => {
    const given = { notes: [...BEGIN, ...notes], recordings: [lacking(kind, 100, 130)] }
    expect(said(gapsOf(course(given)))).toEqual(expected)
  })

  it('do not miss whoever has left or is at another’s camera', () => {
    const left = [...BEGIN, note(100, 'LEFT', visitor)]
    const at = (kind: 'audio' | 'video') =>
      course({ notes: left, recordings: [lacking(kind, 100, 600)] })
    expect(gapsOf(at('audio'))).toEqual([])
    expect(gapsOf(at('video'))).toEqual([])
  })
})

describe('[RC-3] gaps and recordings', () => {
  it('add up: what is required is kept or declared, to half a second, whatever is lost', () => {
    const cut = fc.tuple(fc.nat({ max: END }), fc.nat({ max: 60 * S }))
    fc.assert(
      fc.property(
        fc.array(cut, { maxLength: 8 }),
        fc.array(cut, { maxLength: 4 }),
        (lost, paused) => {
          const pauses = joined(
            paused.map(([at, ms]) => ({ fromMs: at, toMs: Math.min(END, at + ms) })),
          )
          const notes = [
            ...BEGIN,
            ...pauses.flatMap(({ fromMs, toMs }) => [
              note(fromMs / S, 'PAUSED', { atMs: fromMs }),
              note(toMs / S, 'RESUMED', { atMs: toMs }),
            ]),
          ]
          const whole = without(
            [{ fromMs: 0, toMs: END }],
            lost.map(([at, ms]) => ({ fromMs: at, toMs: at + ms })),
          )
          const recordings = whole.map((stretch) => kept(0, 0, { open: stretch, kept: stretch }))
          const required = requiredOf({ notes, endMs: END })
          const gaps = gapsOf(course({ notes, recordings })).filter(
            ({ seatId }) => seatId === undefined,
          )
          for (const { fromMs, toMs, cause } of gaps) {
            expect(GAP_CAUSES).toContain(cause)
            expect(toMs - fromMs).toBeGreaterThanOrEqual(500)
            // Nothing is called missing that is there, or that nobody had to keep.
            expect(shared([{ fromMs, toMs }], whole)).toEqual([])
            expect(without([{ fromMs, toMs }], required)).toEqual([])
          }
          for (const left of without(without(required, whole), gaps)) {
            expect(left.toMs - left.fromMs).toBeLessThan(500)
          }
        },
      ),
    )
  })
})
