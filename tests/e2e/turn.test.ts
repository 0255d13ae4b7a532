import type { Page } from 'playwright-core'
import { PreflightFindingsShape } from '@visavis/contract/preflight-socket'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { turnServers } from '../../server/src/platform/turn.ts'
import { gather, letIn, openCast } from '../support/cast.ts'
import type { Cast } from '../support/cast.ts'
import { createCleanUp } from '../support/clean-up.ts'
import { openDemo } from '../support/demo.ts'
import type { Demo } from '../support/demo.ts'
import { KNOWN_INMATE, KNOWN_VISITOR } from '../support/known-media.ts'
import { waitToHear, waitToSee } from '../support/page-probes.ts'
import { allowRelaysOnly, relayedPairs } from '../support/page-turn.ts'
import { freePorts } from '../support/ports.ts'
import { startStack } from '../support/stack.ts'
import { hasTurnServer, startTurnRelay } from '../support/turn-relay.ts'
import type { TurnRelay } from '../support/turn-relay.ts'
import { until } from '../support/until.ts'
import { REMOTE_PICTURE } from './pages/call-page.ts'
import { tilePicture } from './pages/wall-page.ts'

/**
 * The relay of docker-compose.yml, for real. Nothing installs it for this: where there is no coturn
 * (`apt-get install --no-install-recommends coturn`), these tests are skipped.
 */

const SECRET = 't'.repeat(32)
const MEDIA_NODE = '127.0.0.1'
const RELAY_IP = '127.0.0.4'
const THROUGH_RELAY = { candidateType: 'relay', relayProtocol: 'tls' }

const cleanUp = createCleanUp()
let turn: TurnRelay
let cast: Cast
let demo: Demo

describe.skipIf(!hasTurnServer())('a network that lets nothing through but TLS', () => {
  beforeAll(async () => {
    const where = { secret: SECRET, port: await freePorts(1), peer: MEDIA_NODE, relayIp: RELAY_IP }
    turn = cleanUp.later(await startTurnRelay(where), (each) => each.stop())
    const env = { TURN_URLS: turn.url, TURN_SECRET: SECRET }
    const stack = cleanUp.later(await startStack(env), (each) => each.stop())
    demo = cleanUp.later(await openDemo(stack), ({ close }) => close())
    cast = cleanUp.later(await openCast({ isCredulous: true }), ({ close }) => close())
    for (const page of [cast.visitor, cast.officer]) await allowRelaysOnly(page)
    await gather({ stack, demo, cast })
    await letIn({ demo, cast })
  })
  afterAll(cleanUp.run)

  it('a family there sees, hears and is seen, through the relay and nothing else', async () => {
    await waitToSee(cast.visitor, REMOTE_PICTURE, KNOWN_INMATE)
    await waitToHear(cast.visitor, REMOTE_PICTURE, KNOWN_INMATE)
    await waitToSee(cast.terminal, REMOTE_PICTURE, KNOWN_VISITOR)
    await waitToHear(cast.terminal, REMOTE_PICTURE, KNOWN_VISITOR)
    const pairs = await relayedPairs(cast.visitor)
    expect(pairs).toEqual([THROUGH_RELAY, THROUGH_RELAY])
  })

  it('and so does an officer, whose wall needs one way for all that it receives', async () => {
    const { visitId, visitorName } = demo.visit
    const [visitor = ''] = visitorName.split(' ')
    await waitToSee(cast.officer, tilePicture(visitId, visitor), KNOWN_VISITOR)
    expect(await relayedPairs(cast.officer)).toEqual([THROUGH_RELAY])
  })

  it('nobody is let in with credentials that have ended, or that we did not make', async () => {
    expect(await gathered(cast.visitor, credentials())).toEqual({ isLetIn: true, errors: [] })
    for (const wrong of [
      credentials({ until: new Date(Date.now() - HOUR_MS) }),
      credentials({ secret: 'u'.repeat(32) }),
    ]) {
      expect(await gathered(cast.visitor, wrong)).toEqual({ isLetIn: false, errors: [401] })
    }
  })

  it('[LV-10] a test of devices finds the relay, and sends sound and picture through it and back', async () => {
    const { visitId } = demo.visit
    const page = cast.visitor
    await page.goto(`${new URL(page.url()).origin}/visits/${visitId}/try`)
    await page.getByRole('button', { name: 'Start the test' }).click()
    await page.getByRole('button', { name: 'Yes, I heard them' }).click()
    const findings = await until(
      async () => {
        const found = await demo.db.preflightResult.findFirst({ where: { visitId } })
        return found && PreflightFindingsShape.parse(found.findings)
      },
      'a result',
      2 * MINUTE_MS,
    )
    expect(findings).toMatchObject({ udp: 'BLOCKED', tcp: 'BLOCKED', relay: 'OPEN' })
    expect(findings.loop).toMatchObject({ isRelayed: true })
    await page.getByText('The visit will work, but not at its best').waitFor()
  })

  it('it relays to the media node and to nobody else', async () => {
    await callThroughRelay(cast.visitor, credentials())
    const refusal = `A peer IP ${RELAY_IP} denied`
    await until(() => turn.output().includes(refusal) || null, 'a refusal').catch(
      (cause: unknown) => {
        throw new Error(turn.output(), { cause })
      },
    )
  })
})

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

function credentials({ secret = SECRET, until: end = new Date(Date.now() + HOUR_MS) } = {}) {
  return turnServers({ urls: [turn.url], secret }, { seatId: 'a-test', until: end })
}

type Servers = ReturnType<typeof credentials>

/** What the browser gets of a relay, and the errors that the relay answers with. */
function gathered(page: Page, iceServers: Servers) {
  return page.evaluate(async (servers) => {
    const connection = new RTCPeerConnection({ iceServers: servers, iceTransportPolicy: 'relay' })
    const errors = new Set<number>()
    let isLetIn = false
    connection.addEventListener('icecandidateerror', ({ errorCode }) => errors.add(errorCode))
    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate?.type === 'relay') isLetIn = true
    })
    connection.createDataChannel('test')
    await connection.setLocalDescription()
    while (connection.iceGatheringState !== 'complete') {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    connection.close()
    return { isLetIn, errors: [...errors] }
  }, iceServers)
}

/** Two ends that both want to be reached through the relay: each is a peer that it must not relay to. */
function callThroughRelay(page: Page, iceServers: Servers): Promise<void> {
  return page.evaluate(async (servers) => {
    const ends = [0, 1].map(() => new RTCPeerConnection({ iceServers: servers }))
    const [caller, callee] = ends as [RTCPeerConnection, RTCPeerConnection]
    caller.onicecandidate = ({ candidate }) => void callee.addIceCandidate(candidate ?? undefined)
    callee.onicecandidate = ({ candidate }) => void caller.addIceCandidate(candidate ?? undefined)
    caller.createDataChannel('test')
    await caller.setLocalDescription()
    await callee.setRemoteDescription(caller.localDescription as RTCSessionDescription)
    await callee.setLocalDescription()
    await caller.setRemoteDescription(callee.localDescription as RTCSessionDescription)
  }, iceServers)
}
