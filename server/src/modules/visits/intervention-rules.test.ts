import { describe, expect, it } from 'vitest'
import { attentionOf } from './attention.ts'
import {
  MOST_TOLD,
  REMIND_AFTER_MS,
  acknowledgeWarning,
  barByRestriction,
  endByOfficer,
  keepPaused,
  muteParty,
  pauseByOfficer,
  resumeByOfficer,
  speak,
  warn,
} from './intervention-rules.ts'
import { standing, warningFor } from './intervention-record.ts'
import { wallInterventionsOf, warningViewFor } from './intervention-view.ts'
import type { SeatLink } from './seat-link.ts'
import type { Decide } from './session-rules.ts'
import { timelineNotesOf } from './timeline-notes.ts'
import { auditFactOf } from './visit-audit.ts'
import {
  INMATE_SEAT,
  OFFICER,
  SECOND_VISITOR_SEAT,
  START,
  VISITOR_SEAT,
  refusalOf,
} from './visit-fixture.ts'
import { Talk, TYPED } from './talk-fixture.ts'

const MINUTE_MS = 60_000
const SECOND_MS = 1_000
const HERE: SeatLink = { kind: 'CONNECTED' }
const AWAY: SeatLink = { kind: 'GONE', since: START, hasLeft: false }

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
    expect(refusalOf(() => talk.act(deeds(talk)[deed])) ?? 'accepted').toBe(expected)
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
