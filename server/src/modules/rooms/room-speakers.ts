import { Refusal } from '@visavis/contract/errors'
import type { PayloadInputOf } from '@visavis/contract/command'
import type { mediaCommands } from '@visavis/contract/media-control'
import { callNode } from './media-nodes.ts'
import { placementOn } from './room-desk.ts'
import type { Placement } from './room-desk.ts'
import type { RoomsContext } from './rooms-context.ts'

type Commands = typeof mediaCommands
type Speaker = { readonly visitId: string; readonly speakerId: string }
type Connect = Pick<PayloadInputOf<Commands['connectSpeaker']>, 'transportId' | 'dtlsParameters'>
type Track = Pick<PayloadInputOf<Commands['produceSpeaker']>, 'kind' | 'rtpParameters'>

/** What an officer who speaks does with the sending end at the SFU (OV-5); each throws the node's refusal. */
export type RoomSpeakers = ReturnType<typeof createRoomSpeakers>

export function createRoomSpeakers({ desks }: RoomsContext) {
  const placed = (visitId: string): Placement => {
    const placement = placementOn(desks.get(visitId))
    if (!placement) throw new Refusal('MEDIA_UNAVAILABLE')
    return placement
  }
  return {
    /** Opens the speaker's transport, once the node's facts name the speaker. */
    async open({ visitId, speakerId }: Speaker) {
      await desks.get(visitId)?.sender.flush()
      const { node, router } = placed(visitId)
      const { send } = await callNode(node.link.call('openSpeaker', { visitId, speakerId }))
      return { send, routerRtpCapabilities: router.routerRtpCapabilities }
    },
    async connect({ visitId, speakerId }: Speaker, transport: Connect): Promise<void> {
      const { link } = placed(visitId).node
      await callNode(link.call('connectSpeaker', { visitId, speakerId, ...transport }))
    },
    async produce({ visitId, speakerId }: Speaker, track: Track) {
      const { link } = placed(visitId).node
      return callNode(link.call('produceSpeaker', { visitId, speakerId, ...track }))
    },
  }
}
