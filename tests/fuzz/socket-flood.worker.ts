import { parentPort, workerData } from 'node:worker_threads'
import { seeded } from '../support/seeded.ts'
import { Findings } from './findings.ts'
import { hintsOf } from './known-ids.ts'
import type { Ids } from './known-ids.ts'
import { SocketGuest } from './socket-guest.ts'
import type { Flood, Guest } from './socket-guest.ts'
import { SocketMessages } from './socket-messages.ts'

/** What the thread is to do. */
export type FloodPlan = {
  readonly origin: string
  readonly seed: number
  readonly messages: number
  readonly guests: readonly Guest[]
  readonly ids: Ids
}

/** What came of it. */
export type FloodReport = {
  readonly sent: number
  readonly counts: readonly (readonly [string, number])[]
  readonly findings: readonly string[]
}

/** What the thread says: that it is done, or that it needs what only the thread of the terminals' keys can make. */
export type FloodMessage =
  | { readonly kind: 'REPORT'; readonly report: FloodReport }
  | { readonly kind: 'DEVICE'; readonly id: number; readonly cookie: string }
/** The answer to a `DEVICE`. */
export type DeviceAnswer = { readonly id: number; readonly device: unknown }

const MOST_LEARNT = 40
const TELL_EVERY_MS = 10_000

/** Ids that answers have told, by field; the newest push the oldest out. */
class Learnt {
  readonly #known = new Map<string, string[]>()

  of(field: string): readonly string[] {
    return this.#known.get(field) ?? []
  }

  /** Walks an answer of any shape. */
  learn(data: unknown): void {
    if (typeof data !== 'object' || data === null) return
    for (const [field, value] of Object.entries(data)) {
      if (typeof value === 'string' && field.endsWith('Id')) this.#add(field, value)
      else this.learn(value)
    }
  }

  #add(field: string, id: string): void {
    const ids = this.#known.get(field) ?? []
    if (ids.includes(id)) return
    ids.push(id)
    if (ids.length > MOST_LEARNT) ids.shift()
    this.#known.set(field, ids)
  }
}

const plan = workerData as FloodPlan
const waiting = new Map<number, (device: unknown) => void>()
let asked = 0
const say = (message: FloodMessage): void => parentPort?.postMessage(message)
parentPort?.on('message', ({ id, device }: DeviceAnswer) => waiting.get(id)?.(device))
const deviceOf = (cookie: string): Promise<unknown> => {
  const id = (asked += 1)
  return new Promise((resolve) => {
    waiting.set(id, resolve)
    say({ kind: 'DEVICE', id, cookie })
  }).finally(() => waiting.delete(id))
}
const learnt = new Learnt()
const chance = seeded(plan.seed)
const known = hintsOf(plan.ids)
const hints = { ...known, idsOf: (field: string) => [...known.idsOf(field), ...learnt.of(field)] }
const flood: Flood = {
  origin: plan.origin,
  chance,
  findings: new Findings(),
  counts: new Map(),
  deviceOf,
  learn: (data) => learnt.learn(data),
  left: plan.messages,
}
setInterval(() => console.info(`${Math.max(0, flood.left)} to go`), TELL_EVERY_MS).unref()
await Promise.all(
  plan.guests.map((guest) => {
    const messages = new SocketMessages(guest.namespace, { hints, chance })
    return new SocketGuest(guest, flood, messages).run()
  }),
)
const report: FloodReport = {
  sent: plan.messages - Math.max(0, flood.left),
  counts: [...flood.counts],
  findings: flood.findings.lines(),
}
say({ kind: 'REPORT', report })
