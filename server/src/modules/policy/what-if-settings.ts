import { Refusal } from '@visavis/contract/errors'
import type { FacilityPolicy } from '@visavis/prisma'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

type Setting = {
  readonly means: string
  readonly min: number
  readonly apply: (policy: FacilityPolicy, value: number) => FacilityPolicy
}

/** What can be tried out, by the name it has on the command line. */
const SETTINGS: Readonly<Record<string, Setting>> = {
  visitMinutes: {
    means: 'minutes of every social visit',
    min: 5,
    apply: (policy, visitMinutes) => ({ ...policy, visitMinutes }),
  },
  turnaroundMinutes: {
    means: 'minutes a terminal stays taken after a visit',
    min: 0,
    apply: (policy, value) => ({ ...policy, terminalTurnaroundMs: value * MINUTE_MS }),
  },
  noticeDays: {
    means: 'days before a visit by which it must be booked',
    min: 0,
    apply: (policy, value) => ({ ...policy, noticeMs: value * DAY_MS }),
  },
  horizonDays: {
    means: 'days ahead that can be booked',
    min: 1,
    apply: (policy, value) => ({ ...policy, horizonMs: value * DAY_MS }),
  },
  maxVisitors: {
    means: 'people on the visitor side',
    min: 1,
    apply: (policy, maxVisitors) => ({ ...policy, maxVisitors }),
  },
  adultAge: {
    means: 'age from which one is an adult',
    min: 1,
    apply: (policy, adultAge) => ({ ...policy, adultAge }),
  },
  quotaVisits: {
    means: 'visits an inmate has in a period',
    min: 0,
    apply: (policy, visits) => ({ ...policy, quota: { ...policy.quota, visits } }),
  },
}

/** Settings to try out, by name. */
export type Tried = ReadonlyMap<string, number>

/** Reads `name=number` pairs; refuses with what is known, as the cure. */
export function readSettings(pairs: readonly string[]): Tried {
  if (pairs.length === 0) throw unknown('--set', 'Name at least one setting')
  return new Map(pairs.map(readPair))
}

/** The policy as it would be. */
export function changedPolicy(policy: FacilityPolicy, tried: Tried): FacilityPolicy {
  return [...tried].reduce(
    (changed, [name, value]) => SETTINGS[name]?.apply(changed, value) ?? changed,
    policy,
  )
}

function readPair(pair: string): readonly [string, number] {
  const [name = '', text = '', ...more] = pair.split('=')
  const setting = SETTINGS[name]
  if (setting === undefined) throw unknown(name, `There is no setting ${name}`)
  const value = text.trim() === '' ? NaN : Number(text)
  if (more.length > 0 || !Number.isInteger(value) || value < setting.min) {
    throw unknown(name, `${name} takes a whole number from ${setting.min} on`)
  }
  return [name, value]
}

function unknown(field: string, problem: string): Refusal {
  const known = Object.entries(SETTINGS).map(([name, { means }]) => `${name}: ${means}`)
  const cure = `${problem}. Known are:\n    ${known.join('\n    ')}`
  return new Refusal('BAD_REQUEST', { fields: [{ field, cure }] })
}
