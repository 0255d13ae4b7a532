import { randomUUID } from 'node:crypto'
import { PROTOCOL_VERSION } from '@visavis/contract/command'
import type { PayloadInputOf } from '@visavis/contract/command'
import { GOOD_FINDINGS } from '@visavis/contract/preflight-fixture'
import type { PreflightFindings } from '@visavis/contract/preflight-rules'
import { PREFLIGHT_NAMESPACE, preflightCommands } from '@visavis/contract/preflight-socket'
import { openLoopMedia } from '../../../support/loop-media.ts'
import type { RtcClient } from '../../../support/rtc-client.ts'
import type { LiveWorld } from './live-world.ts'
import { connect } from './socket-client.ts'
import type { SocketClient } from './socket-client.ts'

export type PreflightClient = SocketClient<typeof preflightCommands>

/** Connects as somebody who tests; rejects with the code of a refused handshake. */
export function connectPreflight(
  world: LiveWorld,
  cookie: string,
  signInAs: 'account' | 'inmate' | 'terminal' = 'account',
): Promise<PreflightClient> {
  return connect(world, {
    namespace: PREFLIGHT_NAMESPACE,
    commands: preflightCommands,
    cookie,
    auth: { protocolVersion: PROTOCOL_VERSION, signInAs },
  })
}

/** A loop of this client with real sound and pictures in it. */
export async function openOwnLoop(client: PreflightClient): Promise<RtcClient> {
  const { routerRtpCapabilities } = await client.call('open', {})
  const media = await openLoopMedia(
    {
      link: (given: object) => client.call('openLink', given as never),
      connect: (given: object) => client.call('connectTransport', given as never),
      produce: (given: object) => client.call('createProducer', given as never),
      resume: (given: object) => client.call('resumeConsumer', given as never),
    },
    {
      loopId: randomUUID(),
      routerRtpCapabilities,
    },
  )
  await media.publish()
  return media
}

/** A report as the engine makes it; everything works unless said otherwise. */
export function aReport(
  more: Partial<PayloadInputOf<(typeof preflightCommands)['report']>> = {},
  found: Partial<PreflightFindings> = {},
) {
  const findings: PreflightFindings = { ...GOOD_FINDINGS, ...found }
  return { visitId: null, cause: 'ASKED' as const, isPhone: false, findings, ...more }
}
