import type { ConsumerInfo, RtpCapabilities } from '@visavis/contract/rtc'
import { RtcClient } from './rtc-client.ts'
import type { MediaControl } from './rtc-client.ts'

/** The commands of a loop, whoever carries them: a media node's control or a preflight's socket. */
export type LoopCommands = {
  readonly link: (given: never) => Promise<unknown>
  readonly connect: (given: never) => Promise<unknown>
  readonly produce: (given: never) => Promise<{ producerId: string; consumer: object }>
  readonly resume: (given: never) => Promise<unknown>
}

/** Both ends of a loop without a browser, by UDP; what comes back is resumed by itself. */
export async function openLoopMedia(
  commands: LoopCommands,
  loop: { readonly loopId: string; readonly routerRtpCapabilities: RtpCapabilities },
): Promise<RtcClient> {
  const { loopId, routerRtpCapabilities } = loop
  const router = { routerId: 'unknown to a loop', pool: 'open' as const, workerPid: 0 }
  const who = { peerId: loopId, visitId: loopId }
  const control = loopControl(commands, { routerId: router.routerId, peerId: loopId })
  return RtcClient.open(control, { ...router, routerRtpCapabilities }, who)
}

/** What names a peer at a media node: a loop needs none of it. */
const NOT_OF_LOOPS = new Set(['routerId', 'peerId', 'visitId'])

type Key = { readonly routerId: string; readonly peerId: string }
type Told = Key & { readonly consumer: ConsumerInfo }

/** Lets the RTC client, which speaks to media nodes of peers, speak of a loop. */
function loopControl(commands: LoopCommands, key: Key): MediaControl {
  let onCreated: (told: Told) => void = () => undefined
  const call = async (command: string, asked: Record<string, unknown>): Promise<unknown> => {
    const given = Object.fromEntries(
      Object.entries(asked).filter(([name]) => !NOT_OF_LOOPS.has(name)),
    )
    switch (command) {
      case 'openPeer':
        return commands.link({ path: 'udp', ...given } as never)
      case 'connectTransport':
        return commands.connect(given as never)
      case 'createProducer': {
        const { producerId, consumer } = await commands.produce(given as never)
        onCreated({ ...key, consumer: consumer as ConsumerInfo })
        return { producerId }
      }
      case 'resumeConsumer':
        return commands.resume(given as never)
      default:
        throw new Error(`a loop cannot ${command}`)
    }
  }
  const on = (name: string, listener: (told: Told) => void): void => {
    if (name === 'consumer:created') onCreated = listener
  }
  return { call, on } as unknown as MediaControl
}
