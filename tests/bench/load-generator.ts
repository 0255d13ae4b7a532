import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { TapTrack, mediaCommands, mediaEvents } from '@visavis/contract/media-control'
import { connectControl } from '@visavis/platform/control-client'
import { factsOf } from '../support/media-node-host.ts'
import { RtcClient } from '../support/rtc-client.ts'
import type { MediaControl } from '../support/rtc-client.ts'
import type { LoadOrder, LoadReport, LoadTap } from './load-messages.ts'
import { LoadTally } from './load-tally.ts'

/**
 * A process of its own that sends and receives like many visits, so that its work is not counted as the
 * SFU's. It is ordered by {@link LoadOrder} messages and ends with the bench.
 */

/**
 * Packets of a picture in each layer, 25 pictures a second: with 50 packets of sound a party sends 275
 * packets a second and gets 200 of the other's, so a visit is 950 packets a second through the SFU, as
 * one of two browsers at 720p is.
 */
const PACKETS_PER_LAYER = [1, 2, 6]
const BEST_LAYER = PACKETS_PER_LAYER.length - 1
/** Much longer than a packet takes; what has not come by then is lost. */
const LATE_MS = 500

type Visit = {
  readonly visitId: string
  readonly workerPid: number
  readonly parties: RtcClient[]
  readonly seats: { readonly visitor: string; readonly inmate: string }
}

const visits: Visit[] = []
const tally = new LoadTally(BEST_LAYER)
let control: MediaControl | null = null

process.on('message', (order: LoadOrder) => {
  carryOut(order).then(report, (error: unknown) => {
    console.error(error)
    process.exit(1)
  })
})
process.on('disconnect', () => process.exit(0))

function carryOut(order: LoadOrder): Promise<LoadReport> {
  switch (order.kind) {
    case 'open':
      return open(order)
    case 'close':
      return close(order.visits)
    case 'tap':
      return tap(order.taps)
    case 'untap':
      return untap()
    case 'measure':
      return measure(order.forMs)
  }
}

function report(message: LoadReport): void {
  process.send?.(message)
}

async function open(order: LoadOrder & { kind: 'open' }): Promise<LoadReport> {
  control ??= await connect(order)
  const opened: Visit[] = []
  while (opened.length < order.visits) opened.push(await openVisit(control))
  visits.push(...opened)
  const clients = opened.flatMap(({ parties }) => parties)
  await Promise.all(clients.map(waitForBestLayer))
  for (const client of clients) tally.follow(client)
  return {
    kind: 'opened',
    workerPid: opened[0]?.workerPid ?? 0,
    visitIds: opened.map(({ visitId }) => visitId),
  }
}

async function close(count: number): Promise<LoadReport> {
  for (const { visitId, parties } of visits.splice(0, count)) {
    await control?.call('closeRoom', { visitId })
    for (const party of parties) party.close()
  }
  return { kind: 'closed' }
}

async function connect({
  controlUrl: url,
  controlSecret: secret,
}: LoadOrder & { kind: 'open' }): Promise<MediaControl> {
  const control = connectControl({
    ...{ url, secret },
    commands: mediaCommands,
    events: mediaEvents,
    code: 'MEDIA_UNAVAILABLE',
  })
  await new Promise<void>((resolve) => control.onConnected(resolve))
  return control
}

/** Opens a LIVE visit of two that send at once. */
async function openVisit(control: MediaControl): Promise<Visit> {
  const visitId = randomUUID()
  const seats = { visitor: randomUUID(), inmate: randomUUID() }
  const router = await control.call('openRoom', {
    visitId,
    epoch: 1,
    facts: wireFacts(seats, false),
  })
  const parties = await Promise.all(
    Object.values(seats).map((peerId) => RtcClient.open(control, router, { peerId, visitId })),
  )
  await Promise.all(parties.map((party) => party.publish(PACKETS_PER_LAYER)))
  return { visitId, workerPid: router.workerPid, parties, seats }
}

/** The wire form has mutable arrays. */
function wireFacts(seats: Visit['seats'], hasRecordingGrant: boolean) {
  const facts = factsOf(seats, { hasRecordingGrant })
  return { ...facts, seats: [...facts.seats], observers: [...facts.observers] }
}

async function tap(taps: readonly LoadTap[]): Promise<LoadReport> {
  const tapped: { visitId: string; tracks: readonly TapTrack[] }[] = []
  for (const { visitId, seats } of visits) {
    const to = taps.find((one) => one.visitId === visitId)
    if (!to || !control) continue
    await control.call('updateRoom', { visitId, epoch: 1, facts: wireFacts(seats, true) })
    const { tracks } = await control.call('openTap', { ...to, epoch: 1 })
    tapped.push({ visitId, tracks: tracks.map((track) => TapTrack.parse(track)) })
  }
  return { kind: 'tapped', visits: tapped }
}

async function untap(): Promise<LoadReport> {
  for (const { visitId, seats } of visits) {
    await control?.call('updateRoom', { visitId, epoch: 1, facts: wireFacts(seats, false) })
  }
  return { kind: 'tapped', visits: [] }
}

function waitForBestLayer(client: RtcClient): Promise<true> {
  return new Promise((resolve) => {
    client.onArrival(({ kind, layer }) => {
      if (kind === 'video' && layer === BEST_LAYER) resolve(true)
    })
  })
}

async function measure(forMs: number): Promise<LoadReport> {
  const fromMs = performance.now()
  tally.begin(fromMs, fromMs + forMs)
  await pause(forMs + LATE_MS)
  return { kind: 'measured', figures: tally.figures() }
}
