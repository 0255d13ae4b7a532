import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ServicePart } from '@visavis/contract/http'
import { findingsOf, standingsOf } from './state-rules.ts'
import type { Facts } from './state-rules.ts'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
const GIGABYTE = 1_000_000_000

/** Everything as it should be in production. */
const WELL: Facts = {
  isProduction: true,
  database: { latencyMs: 2, clockOffMs: 10 },
  mediaNodes: [true, true],
  recorders: [true],
  isStoreThere: true,
  areKeysThere: true,
  audit: { lateMs: 30_000, shipLateMs: 40_000 },
  isAuditShipped: true,
  jobs: [{ queue: 'notice.send', waiting: 3, active: 1, failed: 0, oldestMs: 4_000 }],
  mail: { waiting: 3, oldestMs: 4_000, failedLately: 0 },
  isMailReal: true,
  freeBytes: 500 * GIGABYTE,
  certificateEndsInMs: 60 * DAY_MS,
  isSignInDemo: false,
  isTurnThere: true,
}

const of = (part: ServicePart, changes: Partial<Facts>) =>
  findingsOf({ ...WELL, ...changes }).find((each) => each.part === part)

describe('what the service stands on', () => {
  it('is well when everything is there', () => {
    expect(findingsOf(WELL).filter(({ state }) => state !== 'OK')).toEqual([])
  })

  it.each<[ServicePart, Partial<Facts>, string, string, object]>([
    ['database', { database: null }, 'BAD', 'DATABASE_UNREACHABLE', {}],
    [
      'database',
      { database: { latencyMs: 900.4, clockOffMs: 0 } },
      'WARN',
      'DATABASE_SLOW',
      { milliseconds: 900 },
    ],
    ['mediaNodes', { mediaNodes: [false, false] }, 'BAD', 'MEDIA_NODES_NONE', { ready: 0, all: 2 }],
    ['mediaNodes', { mediaNodes: [true, false] }, 'WARN', 'MEDIA_NODES_SOME', { ready: 1, all: 2 }],
    ['recorders', { recorders: [] }, 'BAD', 'RECORDERS_NONE', { ready: 0, all: 0 }],
    ['recorders', { recorders: [false, true] }, 'WARN', 'RECORDERS_SOME', { ready: 1, all: 2 }],
    ['objectStore', { isStoreThere: false }, 'BAD', 'STORE_UNREACHABLE', {}],
    ['keys', { areKeysThere: false }, 'BAD', 'KEYS_UNREADABLE', {}],
    [
      'audit',
      { audit: { lateMs: 6 * MINUTE_MS, shipLateMs: 0 } },
      'BAD',
      'AUDIT_LATE',
      { minutes: 6 },
    ],
    [
      'audit',
      { audit: { lateMs: 0, shipLateMs: 6 * MINUTE_MS } },
      'BAD',
      'AUDIT_SHIPPING_LATE',
      { minutes: 6 },
    ],
    ['audit', { isAuditShipped: false, audit: null }, 'WARN', 'AUDIT_KEPT_HERE', {}],
    ['mail', { isMailReal: false }, 'WARN', 'MAIL_FOLDER', {}],
    [
      'mail',
      { mail: { waiting: 9, oldestMs: 11 * MINUTE_MS, failedLately: 0 } },
      'BAD',
      'MAIL_WAITS',
      { waiting: 9, minutes: 11 },
    ],
    [
      'mail',
      { mail: { waiting: 0, oldestMs: 0, failedLately: 2 } },
      'WARN',
      'MAIL_FAILS',
      { failed: 2 },
    ],
    ['disk', { freeBytes: 19 * GIGABYTE }, 'WARN', 'DISK_LOW', { gigabytes: 19 }],
    ['disk', { freeBytes: GIGABYTE }, 'BAD', 'DISK_FULL', { gigabytes: 1 }],
    [
      'clock',
      { database: { latencyMs: 1, clockOffMs: -7_000 } },
      'WARN',
      'CLOCK_OFF',
      { seconds: 7 },
    ],
    ['certificate', { certificateEndsInMs: 20 * DAY_MS }, 'WARN', 'CERTIFICATE_ENDS', { days: 20 }],
    ['certificate', { certificateEndsInMs: 0 }, 'BAD', 'CERTIFICATE_ENDED', {}],
    ['certificate', { certificateEndsInMs: null }, 'OFF', 'CERTIFICATE_ELSEWHERE', {}],
    ['signIn', { isSignInDemo: true }, 'BAD', 'SIGN_IN_DEMO', {}],
    ['signIn', { isSignInDemo: true, isProduction: false }, 'WARN', 'SIGN_IN_DEMO', {}],
    ['turn', { isTurnThere: null }, 'OFF', 'TURN_OFF', {}],
    ['turn', { isTurnThere: false }, 'BAD', 'TURN_UNREACHABLE', {}],
  ])('%s: %o', (...[part, changes, state, reason, figures]) => {
    expect(of(part, changes)).toEqual({ part, state, reason, figures })
  })

  it('tells of jobs that are late, and of those that gave up', () => {
    const queue = { queue: 'notice.send', waiting: 2, active: 0, failed: 3, oldestMs: 0 }
    expect(of('jobs', { jobs: [queue] })).toMatchObject({
      reason: 'JOBS_FAIL',
      figures: { failed: 3 },
    })
    const late = { ...queue, oldestMs: 11 * MINUTE_MS }
    expect(of('jobs', { jobs: [queue, late] })).toMatchObject({
      state: 'BAD',
      reason: 'JOBS_LATE',
      figures: { waiting: 4, minutes: 11 },
    })
  })

  it('without a database says that, and nothing about what only the database knows', () => {
    const bad = findingsOf({ ...WELL, database: null, jobs: null, mail: null, audit: null })
    expect(bad.filter(({ state }) => state !== 'OK').map(({ part }) => part)).toEqual(['database'])
  })
})

describe('since when', () => {
  it('stays while state and reason stay, whatever the figures do, and is never in the future', () => {
    const steps = fc.array(fc.record({ ready: fc.nat(2), waitMs: fc.nat(100_000) }), {
      minLength: 1,
    })
    fc.assert(
      fc.property(steps, (all) => {
        let nowMs = 0
        let standings: ReturnType<typeof standingsOf> = []
        for (const { ready, waitMs } of all) {
          nowMs += waitMs
          const before = standings
          const mediaNodes = [ready > 0, ready > 1]
          standings = standingsOf(findingsOf({ ...WELL, mediaNodes }), before, new Date(nowMs))
          for (const each of standings) {
            const known = before.find(({ part }) => part === each.part)
            const isSame = known?.state === each.state && known.reason === each.reason
            expect(each.since.getTime()).toBe(isSame ? known.since.getTime() : nowMs)
          }
        }
      }),
    )
  })
})
