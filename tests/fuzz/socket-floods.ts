import { Worker } from 'node:worker_threads'
import { ROLES } from '@visavis/contract/http'
import { insertAccount, insertLinkCentre, insertSmallWorld } from '@visavis/prisma/seed'
import { aVisitWithPeople } from '../integration/live/support/live-people.ts'
import type { LiveWorld } from '../integration/live/support/live-world.ts'
import { accountCookie, deviceCookie, scopeOf } from '../integration/rest/support/callers.ts'
import type { RestWorld } from '../integration/rest/support/rest-world.ts'
import { socketProofOf } from '../support/test-terminals.ts'
import { idsOf } from './known-ids.ts'
import type { FloodMessage, FloodPlan, FloodReport } from './socket-flood.worker.ts'
import type { Guest } from './socket-guest.ts'

const CLASSES = ['social', 'official', 'privileged'] as const

/** The parts of a live world that make cookies. */
type CookieWorld = Pick<RestWorld, 'db' | 'clock'>

/** People of three visits, one of each class, and somebody of each role that has no business on a socket. */
export async function someGuests(world: LiveWorld): Promise<Guest[]> {
  const guests: Guest[] = await strangers(world)
  for (const visitClass of CLASSES) {
    const { cookies, visitId, facilityId } = await aVisitWithPeople(world, { visitClass })
    const join = { event: 'seat:join', payload: { visitId, holdingEpoch: null } }
    const open = { event: 'wall:open', payload: { facilityId } }
    for (const as of ['visitor', 'inmate'] as const) {
      const signInAs = as === 'visitor' ? 'account' : 'inmate'
      const who = { who: `${visitClass} ${as}`, cookie: cookies[as], signInAs } as const
      guests.push({ ...who, namespace: 'visit', opening: join })
      guests.push({ ...who, namespace: 'preflight', opening: { event: 'loop:open', payload: {} } })
    }
    for (const officer of ['officer', 'secondOfficer'] as const) {
      const who = `${visitClass} ${officer}`
      guests.push({ who, cookie: cookies[officer], namespace: 'wall', opening: open })
    }
  }
  return guests
}

/** Each role at each door, a terminal by itself, and nobody at all: most of them are sent away. */
async function strangers({ db, clock }: CookieWorld): Promise<Guest[]> {
  const world = { db, clock } as RestWorld
  const small = await insertSmallWorld(db)
  const linkCentre = await insertLinkCentre(db, { estateId: small.estate.estateId })
  const scope = {
    facilityId: small.facility.facilityId,
    operatorId: small.operator.operatorId,
    linkCentreId: linkCentre.linkCentreId,
    visitorId: small.visitor.visitorId,
    officerId: small.officer.officerId,
  }
  const guests: Guest[] = [{ who: 'nobody', cookie: '', namespace: 'wall' }]
  for (const role of ROLES) {
    const { accountId } = await insertAccount(db, { role, ...scopeOf(role, scope) })
    const cookie = await accountCookie(world, accountId)
    guests.push(
      { who: role, cookie, namespace: 'visit', signInAs: 'account' },
      { who: role, cookie, namespace: 'wall' },
      { who: role, cookie, namespace: 'preflight', signInAs: 'account' },
    )
  }
  const terminal = await deviceCookie(db, small.terminal.terminalId)
  guests.push({ who: 'terminal', cookie: terminal, namespace: 'preflight', signInAs: 'terminal' })
  return guests
}

/** One round of a flood, sent by a thread of its own; people and visits are made anew for it. */
export async function flood(
  world: LiveWorld,
  { messages, seed, signal }: { messages: number; seed: number; signal: AbortSignal },
): Promise<FloodReport> {
  const guests = await someGuests(world)
  const ids = await idsOf(world.db)
  const plan: FloodPlan = { origin: world.origin(), seed, messages, guests, ids }
  const file = new URL('./socket-flood.worker.ts', import.meta.url)
  const worker = new Worker(file, { workerData: plan })
  const stop = (): void => void worker.terminate()
  signal.addEventListener('abort', stop)
  try {
    return await reportOf(worker, plan.origin)
  } finally {
    signal.removeEventListener('abort', stop)
    await worker.terminate()
  }
}

/** Waits for the thread's report, and makes the terminals' proofs for it: their keys are in this thread. */
function reportOf(worker: Worker, origin: string): Promise<FloodReport> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the flood was called off')))
    worker.on('message', (message: FloodMessage) => {
      if (message.kind === 'REPORT') {
        resolve(message.report)
        return
      }
      const { id, cookie } = message
      socketProofOf(cookie, origin).then((device) => worker.postMessage({ id, device }), reject)
    })
  })
}
