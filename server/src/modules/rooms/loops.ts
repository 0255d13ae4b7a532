import type { DataOf, PayloadInputOf } from '@visavis/contract/command'
import { Refusal } from '@visavis/contract/errors'
import type { mediaCommands } from '@visavis/contract/media-control'
import { callNode } from './media-nodes.ts'
import type { MediaNode } from './media-nodes.ts'
import type { RoomsContext } from './rooms-context.ts'

type Commands = typeof mediaCommands
type LoopCommand = 'linkLoop' | 'connectLoop' | 'produceLoop' | 'resumeLoop' | 'closeLoop'
type Given<K extends LoopCommand> = Omit<PayloadInputOf<Commands[K]>, 'loopId'>

/** One person's test at a media node (LV-10), apart from every room. Each throws the node's refusal, or MEDIA_UNAVAILABLE. */
export type LoopHandle = {
  readonly routerRtpCapabilities: DataOf<Commands['openLoop']>['routerRtpCapabilities']
  readonly link: (given: Given<'linkLoop'>) => Promise<DataOf<Commands['linkLoop']>>
  readonly connect: (given: Given<'connectLoop'>) => Promise<DataOf<Commands['connectLoop']>>
  readonly produce: (given: Given<'produceLoop'>) => Promise<DataOf<Commands['produceLoop']>>
  readonly resume: (given: Given<'resumeLoop'>) => Promise<DataOf<Commands['resumeLoop']>>
  /** Closes it; gives what the node counted. */
  readonly close: () => Promise<DataOf<Commands['closeLoop']>>
}

/** Opens loops, on a node that can be used; where one is full, the next is asked. */
export function createLoops(context: RoomsContext) {
  return {
    async open(loopId: string): Promise<LoopHandle> {
      const ready = context.nodes().all.filter((node) => node.isReady())
      let refusal = new Refusal('MEDIA_UNAVAILABLE')
      for (const node of ready) {
        try {
          const { routerRtpCapabilities } = await node.link.call('openLoop', { loopId })
          return { routerRtpCapabilities, ...handleOf(node, loopId) }
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          refusal = error
        }
      }
      throw refusal
    },
  }
}

/** What rooms do for a test. */
export type Loops = ReturnType<typeof createLoops>

function handleOf({ link }: MediaNode, loopId: string): Omit<LoopHandle, 'routerRtpCapabilities'> {
  return {
    link: (given) => callNode(link.call('linkLoop', { loopId, ...given })),
    connect: (given) => callNode(link.call('connectLoop', { loopId, ...given })),
    produce: (given) => callNode(link.call('produceLoop', { loopId, ...given })),
    resume: (given) => callNode(link.call('resumeLoop', { loopId, ...given })),
    close: () => callNode(link.call('closeLoop', { loopId })),
  }
}
