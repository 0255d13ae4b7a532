import { Refusal } from '@visavis/contract/errors'
import type { speakerCommands } from '@visavis/contract/interventions-control'
import type { Handlers } from '@visavis/platform/control-server'
import type { Rooms } from './rooms.ts'
import { dtlsForLibrary, rtpForLibrary, transportForWire } from './rtc-values.ts'
import type { Speaker, SpeakerKey } from './speaker.ts'

/** Carries out what an officer who speaks wants of a room (OV-5). */
export function speakerHandlers(rooms: Rooms): Handlers<typeof speakerCommands> {
  const speakerOf = ({ visitId, speakerId }: SpeakerKey): Speaker => {
    const { speaker } = rooms.get(visitId)
    if (speaker?.speakerId !== speakerId) throw new Refusal('TRANSPORT_NOT_FOUND')
    return speaker
  }
  return {
    openSpeaker: async ({ visitId, speakerId }) => {
      const { send } = await rooms.get(visitId).openSpeaker(speakerId)
      return { send: transportForWire(send) }
    },
    connectSpeaker: async ({ transportId, dtlsParameters, ...key }) => {
      await speakerOf(key).connect(transportId, dtlsForLibrary(dtlsParameters))
      return {}
    },
    produceSpeaker: async ({ kind, rtpParameters, ...key }) => ({
      producerId: await speakerOf(key).produce(kind, rtpForLibrary(rtpParameters)),
    }),
  }
}
