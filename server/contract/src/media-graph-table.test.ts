import { describe, expect, it } from 'vitest'
import { allowedFlows } from './media-graph.ts'
import {
  GLANCES,
  LISTENS,
  OTHER,
  SELF,
  SINKS,
  SPEAKS,
  ruled,
  ruledSpeech,
} from './media-graph-fixture.ts'
import type { Case } from './media-graph-fixture.ts'
import type { RoomFacts, Source } from './media-graph.ts'
import { MONITOR_MODES, VISIT_CLASSES } from './media-policy.ts'
import { SEAT_STATES } from './seat-lifecycle.ts'
import { SESSION_STATES } from './session-lifecycle.ts'

/** Eighty thousand cases are worked out in a second, on a machine that has nothing else to do. */
const SLOW_MS = 60_000

/** A case for a person or an interpreter, who are all the same to the graph. */
type Row = Case & { readonly isInterpreter: boolean }

/** Names the speaker's sources. */
const SPEECH = 'speech'
const SOURCES: Source[] = (['audio', 'video'] as const).flatMap((kind) => [
  { producerId: `${SELF} ${kind}`, seatId: SELF, kind },
  { producerId: `${SPEECH} ${kind}`, speakerId: SPEAKS, kind },
])

function factsOf(given: Row): RoomFacts {
  const { visitClass, monitor, isRecorded, state, own, other, isInterpreter } = given
  return {
    visitClass,
    policy: { monitor, isRecorded },
    state,
    seats: [
      { seatId: SELF, party: 'VISITOR', state: own, isInterpreter },
      { seatId: OTHER, party: 'INMATE', state: other },
    ],
    observers: [
      { observerId: GLANCES, hasFocus: false },
      { observerId: LISTENS, hasFocus: true },
    ],
    hasRecordingGrant: given.hasGrant,
    // Whom an officer has muted still has their flows: the producer passes nothing on (OV-5).
    mutedSeatIds: given.hasGrant ? [SELF] : [],
    speakerId: given.isSpeaking ? SPEAKS : null,
  }
}

/** What each sink gets by the function, of the seat and of the speaker; letters in order. */
function drawn(facts: RoomFacts): Map<string, string> {
  const cells = new Map<string, string>()
  for (const { producerId, sink } of allowedFlows(facts, SOURCES)) {
    const [owner, kind] = producerId.split(' ')
    const cell = `${owner} to ${sink}`
    cells.set(cell, (cells.get(cell) ?? '') + (kind === 'audio' ? 'a' : 'v'))
  }
  return cells
}

function* everyCase(): Generator<Row> {
  const yesNo = [true, false]
  for (const visitClass of VISIT_CLASSES)
    for (const monitor of MONITOR_MODES)
      for (const isRecorded of yesNo)
        for (const state of SESSION_STATES)
          for (const own of SEAT_STATES)
            for (const other of SEAT_STATES)
              for (const isInterpreter of yesNo)
                for (const hasGrant of yesNo)
                  for (const isSpeaking of yesNo) {
                    const policy = { visitClass, monitor, isRecorded, state }
                    yield { ...policy, own, other, isInterpreter, hasGrant, isSpeaking }
                  }
}

type Cell = (owner: typeof SELF | typeof SPEECH, sink: string) => string

/** One line of the table: the case, and what each sink gets of the seat and of the speaker. */
function line(each: Row, cell: Cell): string {
  const { visitClass, monitor, isRecorded, state, own, other } = each
  const flags = [
    isRecorded ? 'recorded' : '-',
    each.hasGrant ? 'granted' : '-',
    each.isInterpreter ? 'interpreter' : 'person',
    each.isSpeaking ? 'speech' : '-',
  ]
  const cells = SINKS.map(
    (sink) => `${sink}: ${cell(SELF, sink) || '-'}/${cell(SPEECH, sink) || '-'}`,
  )
  return [visitClass, monitor, state, own, other, ...flags, '|', ...cells].join(' ')
}

describe('the table of the media graph', () => {
  it(
    '[LV-3] [OV-1] [OV-2] [OV-4] [OV-5] [RC-1] says of every case what the rulebook says',
    () => {
      let cases = 0
      const wrong: string[] = []
      for (const each of everyCase()) {
        cases += 1
        const cells = drawn(factsOf(each))
        const graph: Cell = (owner, sink) => cells.get(`${owner} to ${sink}`) ?? ''
        const rule: Cell = (owner, sink) => (owner === SELF ? ruled : ruledSpeech)(each, sink)
        const isRight = SINKS.every(
          (sink) =>
            rule(SELF, sink) === graph(SELF, sink) && rule(SPEECH, sink) === graph(SPEECH, sink),
        )
        if (!isRight) wrong.push(`rule  ${line(each, rule)}`, `graph ${line(each, graph)}`)
      }
      expect(cases).toBe(3 * 3 * 2 * 9 * 8 * 8 * 2 * 2 * 2)
      expect(wrong.length, `of ${cases} lines of the table:\n${wrong.join('\n')}`).toBe(0)
    },
    SLOW_MS,
  )
})
