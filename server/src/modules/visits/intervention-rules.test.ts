import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Refusal } from '@visavis/contract/errors'
import { allowedFlows, mutedSources } from '@visavis/contract/media-graph'
import type { Party } from '@visavis/contract/media-graph'
import { attentionOf } from './attention.ts'
import { factsOf } from './facts-of.ts'
import {
  MOST_TOLD,
  REMIND_AFTER_MS,
  acknowledgeWarning,
  barByRestriction,
  endByOfficer,
  endSpeech,
  keepPaused,
  muteParty,
  pauseByOfficer,
  resumeByOfficer,
  speak,
  unmuteParty,
  warn,
} from './intervention-rules.ts'
import { standing, warningFor } from './intervention-record.ts'
import type { InterventionRecord } from './intervention-record.ts'
import { wallInterventionsOf, warningViewFor } from './intervention-view.ts'
import type { SeatLink } from './seat-link.ts'
import type { Decide } from './session-rules.ts'
import { settle } from './settle-rules.ts'
import { timelineNotesOf } from './timeline-notes.ts'
import { auditFactOf } from './visit-audit.ts'
import {
  INMATE_SEAT,
  OFFICER,
  SECOND_VISITOR_SEAT,
  START,
  VISITOR_SEAT,
  aSeat,
  aVisitRecord,
  at,
} from './visit-fixture.ts'
import type { VisitRecord } from './visit-record.ts'
import { applyStep } from './visit-step.ts'

const MINUTE_MS = 60_000
const SECOND_MS = 1_000
const HERE: SeatLink = { kind: 'CONNECTED' }
const AWAY: SeatLink = { kind: 'GONE', since: START, hasLeft: false }
const TYPED = { texts: { ru: 'Секрет' }, readyTextId: null, isTyped: true }
const inside = { state: 'IN' as const, arrivedAt: START, admittedAt: START }

type Monitor = VisitRecord['policy']['monitor']

/** Everybody is in and the visit is live; time and links move by hand. */
class Talk {
  visit: VisitRecord
  now = at(1)
  readonly links = new Map<string, SeatLink>()
  #ids = 0

  constructor(monitor: Monitor = 'AV', session: Partial<VisitRecord['session']> = {}) {
    const seats = [
      { ...aSeat(VISITOR_SEAT, 'VISITOR'), ...inside },
      { ...aSeat(SECOND_VISITOR_SEAT, 'VISITOR'), ...inside },
      { ...aSeat(INMATE_SEAT, 'INMATE'), ...inside },
    ]
    this.visit = aVisitRecord({
      policy: { monitor, isRecorded: false },
      ...(monitor === 'NONE' ? { visitClass: 'privileged' as const } : {}),
      session: { state: 'LIVE', liveSince: START, epoch: 1, ...session },
      seats,
    })
    for (const { seatId } of seats) this.links.set(seatId, HERE)
  }

  by() {
    this.#ids += 1
    const interventionId = `00000000-0000-4000-8000-${String(this.#ids).padStart(12, '0')}`
    return { interventionId, by: OFFICER }
  }

  situation() {
    const { visit, links, now } = this
    return { visit, links, now, deliveredMs: 0, doorOpenSince: START }
  }

  /** What is decided and whatever follows; gives the steps. */
  act(decide: Decide = () => []) {
    const wished = decide(this.situation())
    for (const step of wished) this.visit = applyStep(this.visit, step, this.now)
    const following = settle(this.situation())
    for (const step of following) this.visit = applyStep(this.visit, step, this.now)
    return [...wished, ...following]
  }

  later(ms: number) {
    this.now = new Date(this.now.getTime() + ms)
    return this.act()
  }
}

const refusalOf = (run: () => unknown): string => {
  try {
    run()
    return 'accepted'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

const deeds = (talk: Talk): Readonly<Record<string, Decide>> => ({
  warn: warn(talk.by(), { parties: ['VISITOR'], text: TYPED }),
  mute: muteParty(talk.by(), 'VISITOR'),
  pause: pauseByOfficer(talk.by(), 'CONDUCT'),
  speak: speak(talk.by()),
  terminate: endByOfficer(talk.by(), { reason: 'CONDUCT', text: null }),
})

describe('the ladder of interventions', () => {
  it.each([
    ['warn', 'AV', 'accepted'],
    ['mute', 'AV', 'accepted'],
    ['pause', 'AV', 'accepted'],
    ['speak', 'AV', 'accepted'],
    ['terminate', 'AV', 'accepted'],
    ['mute', 'SIGHT_ONLY', 'accepted'],
    ['speak', 'SIGHT_ONLY', 'accepted'],
    ['warn', 'NONE', 'accepted'],
    ['mute', 'NONE', 'MEDIA_POLICY_FORBIDS'],
    ['pause', 'NONE', 'accepted'],
    ['speak', 'NONE', 'MEDIA_POLICY_FORBIDS'],
    ['terminate', 'NONE', 'accepted'],
  ] as const)('[OV-5] %s where the monitor is %s: %s', (deed, monitor, expected) => {
    const talk = new Talk(monitor)
    expect(refusalOf(() => talk.act(deeds(talk)[deed]))).toBe(expected)
  })

  it.each(['warn', 'mute', 'pause', 'speak'])('[OV-5] %s needs a visit under way', (deed) => {
    for (const state of ['SCHEDULED', 'LOBBY', 'READY'] as const) {
      const talk = new Talk('AV', { state })
      expect(refusalOf(() => deeds(talk)[deed]?.(talk.situation()))).toBe('VISIT_WRONG_STATE')
    }
    const over = new Talk('AV', { state: 'ENDED' })
    expect(refusalOf(() => deeds(over)[deed]?.(over.situation()))).toBe('VISIT_ENDED')
  })

  it('[OV-5] twice is once: mute and pause; a second officer does not speak into the first', () => {
    const talk = new Talk()
    for (const deed of ['mute', 'pause'] as const) {
      expect(talk.act(deeds(talk)[deed]).length).toBeGreaterThan(0)
      expect(talk.act(deeds(talk)[deed])).toEqual([])
    }
    talk.act(speak(talk.by()))
    expect(refusalOf(() => talk.act(speak(talk.by())))).toBe('VISIT_WRONG_STATE')
  })

  it('[OV-5] nothing outlasts the visit', () => {
    const talk = new Talk()
    for (const deed of ['warn', 'mute', 'speak', 'pause'] as const) talk.act(deeds(talk)[deed])
    talk.act(deeds(talk)['terminate'])
    expect(talk.visit.session).toMatchObject({ outcome: 'STAFF_TERMINATED', endReason: 'CONDUCT' })
    expect(talk.visit.interventions.filter(({ endedAt }) => endedAt === null)).toEqual([])
    expect(wallInterventionsOf(talk.visit)).toMatchObject({ mutedParties: [], pause: null })
  })

  it('[TR-1] log and timeline have ids and codes, and nothing of what was typed', () => {
    const talk = new Talk()
    const steps = ['warn', 'mute', 'pause', 'terminate'].flatMap((deed) =>
      talk.act(deeds(talk)[deed]),
    )
    const cause = null
    const said = [
      ...steps.map((step) => auditFactOf(talk.visit, step, { cause, isWished: true })),
      ...timelineNotesOf(steps, talk.situation()),
    ]
    expect(JSON.stringify(said)).not.toContain('Секрет')
    expect(said).toContainEqual(expect.objectContaining({ action: 'intervention.warn' }))
  })
})

describe('a warning', () => {
  it('[OV-5] stays with each until each has acknowledged it, at their own device', () => {
    const talk = new Talk()
    const { interventionId } = talk.by()
    talk.act(warn({ interventionId, by: OFFICER }, { parties: ['VISITOR'], text: TYPED }))
    expect(warningViewFor(talk.visit, INMATE_SEAT)).toBeNull()
    expect(warningViewFor(talk.visit, VISITOR_SEAT)).toMatchObject({ isTyped: true })
    talk.act(acknowledgeWarning(interventionId, INMATE_SEAT))
    talk.act(acknowledgeWarning(interventionId, VISITOR_SEAT))
    expect(talk.act(acknowledgeWarning(interventionId, VISITOR_SEAT))).toEqual([])
    expect(warningViewFor(talk.visit, VISITOR_SEAT)).toBeNull()
    expect(warningViewFor(talk.visit, SECOND_VISITOR_SEAT)).not.toBeNull()
    talk.act(acknowledgeWarning(interventionId, SECOND_VISITOR_SEAT))
    expect(standing(talk.visit, 'WARN')).toEqual([])
    const [shown] = wallInterventionsOf(talk.visit).warnings
    expect(shown?.seats.map(({ acknowledgedAt }) => acknowledgedAt)).not.toContain(null)
  })

  it('[OV-5] is told again after ten seconds, to whoever is there and has not read it, and no more after a minute', () => {
    const talk = new Talk()
    talk.act(warn(talk.by(), { parties: ['INMATE'], text: TYPED }))
    expect(talk.later(REMIND_AFTER_MS - SECOND_MS)).toEqual([])
    expect(talk.later(SECOND_MS)).toEqual([expect.objectContaining({ kind: 'remind' })])
    talk.links.set(INMATE_SEAT, AWAY)
    talk.later(REMIND_AFTER_MS)
    expect(warningFor(talk.visit, INMATE_SEAT)).toMatchObject({ toldTimes: 2 })
    talk.links.set(INMATE_SEAT, HERE)
    for (let times = 0; times < 10; times += 1) talk.later(REMIND_AFTER_MS)
    expect(warningFor(talk.visit, INMATE_SEAT)).toMatchObject({ toldTimes: MOST_TOLD })
  })

  it('[OV-5] the oldest comes first, and nobody is buried under them', () => {
    const talk = new Talk()
    const five = Array.from({ length: 5 }, () => talk.by())
    for (const by of five) talk.act(warn(by, { parties: ['INMATE'], text: TYPED }))
    expect(warningViewFor(talk.visit, INMATE_SEAT)?.warningId).toBe(five[0]?.interventionId)
    const sixth = warn(talk.by(), { parties: ['INMATE'], text: TYPED })
    expect(refusalOf(() => talk.act(sixth))).toBe('TOO_MANY_REQUESTS')
  })
})

describe('a pause', () => {
  it('[OV-5] stops the visit, asks after the time of the policy, and never ends by itself', () => {
    const talk = new Talk()
    talk.act(pauseByOfficer(talk.by(), 'SECURITY'))
    expect(talk.visit.session).toMatchObject({ state: 'PAUSED', pauseReason: 'OFFICER' })
    expect(talk.later(5 * MINUTE_MS - SECOND_MS)).toEqual([])
    talk.later(SECOND_MS)
    expect(wallInterventionsOf(talk.visit).pause).toMatchObject({ isAsked: true })
    talk.act(keepPaused())
    expect(wallInterventionsOf(talk.visit).pause).toMatchObject({ isAsked: false, isKept: true })
    talk.later(5 * MINUTE_MS)
    expect(wallInterventionsOf(talk.visit).pause).toMatchObject({ isAsked: true })
    expect(talk.visit.session.state).toBe('PAUSED')
    talk.act(resumeByOfficer(OFFICER))
    expect(talk.visit.session).toMatchObject({ state: 'LIVE', pauseReason: null })
  })

  it('[EL-4] a restriction stands above it, is first for the officer until decided, and no officer pauses it away', () => {
    const talk = new Talk()
    talk.act(pauseByOfficer(talk.by(), 'CONDUCT'))
    talk.act(barByRestriction(talk.by().interventionId))
    expect(talk.visit.session.pauseReason).toBe('RESTRICTION')
    expect(standing(talk.visit, 'PAUSE')).toHaveLength(1)
    expect(wallInterventionsOf(talk.visit).pause).toMatchObject({ reason: null })
    expect(attentionOf(talk.visit, talk.now)).toBe('RESTRICTION')
    const pause = pauseByOfficer(talk.by(), 'CONDUCT')
    expect(refusalOf(() => talk.act(pause))).toBe('VISIT_WRONG_STATE')
    talk.act(keepPaused())
    expect(attentionOf(talk.visit, talk.now)).toBe('PAUSED')
    talk.later(5 * MINUTE_MS)
    expect(attentionOf(talk.visit, talk.now)).toBe('RESTRICTION')
  })

  it('[LV-6] what is paused already is noted with its new cause', () => {
    const talk = new Talk()
    talk.act(barByRestriction(talk.by().interventionId))
    talk.act(resumeByOfficer(OFFICER))
    const steps = talk.act(pauseByOfficer(talk.by(), 'CONDUCT'))
    const before = { ...talk.situation(), visit: new Talk().visit }
    expect(timelineNotesOf(steps, before)).toContainEqual(
      expect.objectContaining({ kind: 'PAUSED', detail: { code: 'OFFICER' } }),
    )
  })
})

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
