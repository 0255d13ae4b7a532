import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allowedFlows, mutedSources } from '@visavis/contract/media-graph'
import type { Party } from '@visavis/contract/media-graph'
import {
  acknowledgeWarning,
  barByRestriction,
  endSpeech,
  keepPaused,
  muteParty,
  pauseByOfficer,
  resumeByOfficer,
  speak,
  unmuteParty,
  warn,
} from './intervention-rules.ts'
import { warningFor } from './intervention-record.ts'
import { factsOf } from './facts-of.ts'
import type { InterventionRecord } from './intervention-record.ts'
import {
  INMATE_SEAT,
  OFFICER,
  SECOND_VISITOR_SEAT,
  VISITOR_SEAT,
  refusalOf,
} from './visit-fixture.ts'
import { Talk, TYPED } from './talk-fixture.ts'
import type { Monitor } from './talk-fixture.ts'
import type { VisitRecord } from './visit-record.ts'

const SECOND_MS = 1_000

const PARTIES: readonly Party[] = ['VISITOR', 'INMATE']

/** Anything that officers, people and time may do, in any order. */
const happening = fc.oneof(
  fc.constantFrom(...PARTIES).map((party) => (talk: Talk) => talk.act(muteParty(talk.by(), party))),
  fc.constantFrom(...PARTIES).map((party) => (talk: Talk) => talk.act(unmuteParty(OFFICER, party))),
  fc
    .constantFrom(...PARTIES)
    .map((party) => (talk: Talk) => talk.act(warn(talk.by(), { parties: [party], text: TYPED }))),
  fc.constant((talk: Talk) => talk.act(pauseByOfficer(talk.by(), 'OTHER'))),
  fc.constant((talk: Talk) => talk.act(barByRestriction(talk.by().interventionId))),
  fc.constant((talk: Talk) => talk.act(resumeByOfficer(OFFICER))),
  fc.constant((talk: Talk) => talk.act(keepPaused())),
  fc.constant((talk: Talk) => talk.act(speak(talk.by()))),
  fc.constant((talk: Talk) => talk.act(endSpeech(OFFICER))),
  fc.constantFrom(VISITOR_SEAT, SECOND_VISITOR_SEAT, INMATE_SEAT).map((seatId) => (talk: Talk) => {
    const warning = warningFor(talk.visit, seatId)
    return talk.act(warning ? acknowledgeWarning(warning.interventionId, seatId) : undefined)
  }),
  fc.integer({ min: 1, max: 400 }).map((s) => (talk: Talk) => talk.later(s * SECOND_MS)),
)

describe('after any sequence of interventions', () => {
  it('[OV-5] the facts, and with them what flows, are what the rows say', () => {
    const monitors = fc.constantFrom<Monitor>('AV', 'SIGHT_ONLY', 'NONE')
    fc.assert(
      fc.property(monitors, fc.array(happening, { maxLength: 30 }), (monitor, happenings) => {
        const talk = new Talk(monitor)
        for (const happen of happenings) {
          refusalOf(() => happen(talk))
          checkFacts(talk)
        }
      }),
      { numRuns: 400 },
    )
  })
})

function checkFacts({ visit }: Talk): void {
  const rows = visit.interventions.filter(({ endedAt }) => endedAt === null)
  const of = (kind: string) => rows.filter((row) => row.kind === kind)
  const facts = { ...factsOf(visit), observers: [], hasRecordingGrant: false }
  const muted = of('MUTE').flatMap(({ parties }) => parties)
  const silent = visit.seats.filter(({ party }) => muted.includes(party))
  const sources = visit.seats.map(({ seatId }) => ({ producerId: seatId, seatId, kind: 'audio' }))
  expect(mutedSources(facts, sources as never)).toEqual(silent.map(({ seatId }) => seatId))
  expect(facts.speakerId ?? null).toBe(of('SPEAK')[0]?.interventionId ?? null)
  for (const kind of ['SPEAK', 'PAUSE']) expect(of(kind).length).toBeLessThanOrEqual(1)
  if (visit.policy.monitor === 'NONE') expect([...of('MUTE'), ...of('SPEAK')]).toEqual([])
  checkPause(visit, of('PAUSE')[0])
  const speech = { producerId: 'speech', speakerId: facts.speakerId ?? 'nobody' }
  const heard = allowedFlows(facts, [{ ...speech, kind: 'audio' }]).map(({ sink }) => sink)
  expect(heard).toEqual(of('SPEAK').length > 0 ? visit.seats.map(({ seatId }) => seatId) : [])
}

function checkPause({ session }: VisitRecord, pause: InterventionRecord | undefined): void {
  const reason = pause?.begunBy === null ? 'RESTRICTION' : 'OFFICER'
  expect(session.pauseReason).toBe(pause ? reason : null)
  expect(session.state).toBe(pause ? 'PAUSED' : 'LIVE')
}
