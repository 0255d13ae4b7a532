import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { receives, useMediaNode } from '../support/media-node-fixture.ts'
import { openMediaPage, serveMediaPage } from '../support/media-page/media-page.ts'
import { behave } from '../support/officers.ts'
import type { RtcClient } from '../support/rtc-client.ts'
import { until } from '../support/until.ts'

const fixture = useMediaNode()
const { control, later, openRoom } = fixture

/** Of the node; a room is asked once in it. */
const BEAT_MS = 4_000

/** How often each layer of a party was asked for a key frame from now on. */
function countRequests(parties: readonly RtcClient[]): () => number[][] {
  const before = parties.map((party) => party.keyFrameRequestsBySsrc())
  return () =>
    parties.map((party, at) =>
      [...party.keyFrameRequestsBySsrc()].map(
        ([ssrc, count]) => count - (before[at]?.get(ssrc) ?? 0),
      ),
    )
}

describe('what a sender is asked for', () => {
  it('[OV-3] is the same with five officers who come, choose, scroll and go as with none', async () => {
    const [watched, alone] = await Promise.all([
      openRoom({}, { isThrifty: true }),
      openRoom({}, { isThrifty: true }),
    ])
    for (const { visitor, inmate } of [watched, alone]) {
      await receives(visitor, { from: inmate, kind: 'video' })
      await receives(inmate, { from: visitor, kind: 'video' })
    }
    // What the beginning asks for is over with the first beats.
    await pause(BEAT_MS)
    const [requests, requestsAlone] = [watched, alone].map(({ visitor, inmate }) =>
      countRequests([visitor, inmate]),
    )
    const startedAtMs = performance.now()
    const elapsedMs = () => performance.now() - startedAtMs
    const acts = await behave(watched, fixture, () => elapsedMs() > 2.5 * BEAT_MS)
    // One more for a sender that a busy machine kept from answering at once: it is asked again.
    const most = Math.ceil(elapsedMs() / BEAT_MS) + 1
    expect(acts).toBeGreaterThan(10)
    for (const counts of [requests?.(), requestsAlone?.()].flatMap((all) => all ?? [])) {
      // Two layers, asked for together and with each beat once.
      expect(counts.length).toBe(2)
      expect(counts[0]).toBe(counts[1])
      expect(counts[0]).toBeGreaterThanOrEqual(2)
      expect(counts[0]).toBeLessThanOrEqual(most)
    }
  })

  it('[OV-3] is nothing more where an officer’s browser cannot show what it gets, and asks all the time', async () => {
    const served = await serveMediaPage()
    later(() => served.close())
    const browser = await openBrowser(null)
    later(() => browser.close())
    const room = await openRoom({}, { isThrifty: true })
    await receives(room.inmate, { from: room.visitor, kind: 'video' })
    const observerId = randomUUID()
    const who = { router: room.router, peerId: observerId, visitId: null }
    const officer = await openMediaPage(browser, { ...served, control: control(), who })
    later(() => officer.close())
    await room.say({ observers: [{ observerId, hasFocus: false }] })
    await until(async () => ((await officer.requestsMade()) > 0 ? true : null), 'its first request')
    const requests = countRequests([room.visitor, room.inmate])
    const madeBefore = await officer.requestsMade()
    const startedAtMs = performance.now()
    await until(
      async () => ((await officer.requestsMade()) > madeBefore + 50 ? true : null),
      'fifty more requests',
    )
    const most = Math.ceil((performance.now() - startedAtMs) / BEAT_MS) + 1
    for (const counts of requests()) expect(Math.max(...counts)).toBeLessThanOrEqual(most)
  })
})
