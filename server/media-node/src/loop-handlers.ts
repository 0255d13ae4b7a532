import type { mediaCommands } from '@visavis/contract/media-control'
import type { Handlers } from '@visavis/platform/control-server'
import type { Loops } from './loops.ts'
import {
  capabilitiesForLibrary,
  capabilitiesForWire,
  dtlsForLibrary,
  rtpForLibrary,
  transportForWire,
} from './rtc-values.ts'

/** The keys of the loops' commands. */
export type LoopCommand =
  'openLoop' | 'linkLoop' | 'connectLoop' | 'produceLoop' | 'resumeLoop' | 'closeLoop'

/** Carries out the commands of loops (LV-10). */
export function loopHandlers(loops: Loops): Pick<Handlers<typeof mediaCommands>, LoopCommand> {
  return {
    openLoop: async ({ loopId }) => {
      const { router } = await loops.open(loopId)
      return { routerRtpCapabilities: capabilitiesForWire(router.rtpCapabilities) }
    },
    linkLoop: async ({ loopId, path, rtpCapabilities }) => {
      const link = { path, rtpCapabilities: capabilitiesForLibrary(rtpCapabilities) }
      const { send, receive } = await loops.get(loopId).link(link)
      return { send: transportForWire(send), receive: transportForWire(receive) }
    },
    connectLoop: async ({ loopId, transportId, dtlsParameters }) => {
      await loops.get(loopId).connect(transportId, dtlsForLibrary(dtlsParameters))
      return {}
    },
    produceLoop: async ({ loopId, kind, rtpParameters }) => {
      const consumer = await loops.get(loopId).produce(kind, rtpForLibrary(rtpParameters))
      return { producerId: consumer.producerId, consumer }
    },
    resumeLoop: async ({ loopId, consumerId }) => {
      await loops.get(loopId).resume(consumerId)
      return {}
    },
    closeLoop: async ({ loopId }) => {
      const loop = loops.find(loopId)
      const tracks = (await loop?.measure()) ?? []
      loop?.close()
      return { tracks }
    },
  }
}
