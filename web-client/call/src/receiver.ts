import type { types } from 'mediasoup-client'
import { Refusal } from '@visavis/contract/errors'
import type { ConsumerInfo } from '@visavis/contract/rtc'
import { createConsumerBatch } from './consumer-batch.ts'
import { diffConsumers } from './consumer-diff.ts'
import { isSignallingError } from './passing-refusals.ts'
import type { RemoteStreams } from './remote-streams.ts'
import type { SampledConsumer } from './stats-sampler.ts'
import { markConnection } from './timings.ts'
import type { Marks } from './timings.ts'

/** The consumers of one receiving transport, kept as the SFU says. */
export type Receiver = {
  /** Builds our end of a consumer and lets it flow. A known one is left as it is. */
  readonly add: (info: ConsumerInfo) => void
  readonly remove: (consumerId: string) => void
  /** Makes the held consumers equal to the whole list. */
  readonly sync: (infos: readonly ConsumerInfo[]) => void
  /** The consumers whose end stands here, by the names that statistics use. */
  readonly standing: () => readonly SampledConsumer[]
  readonly close: () => void
}

export type ReceiverOptions = {
  readonly transport: types.Transport
  readonly streams: RemoteStreams
  /** Tells the SFU that our end stands. */
  readonly resume: (consumerId: string) => Promise<unknown>
  /** The transport could not be set up and is of no use any more. */
  readonly onBroken: () => void
  readonly marks?: Marks
}

type Held = { readonly info: ConsumerInfo; consumer: types.Consumer | null; isResumed: boolean }

/** Makes the receiver; the caller closes the transport. */
export function createReceiver(options: ReceiverOptions): Receiver {
  const { held, isHeld, drop } = createHolding(options.streams)
  const confirm = async (entry: Held): Promise<void> => {
    await options.resume(entry.info.consumerId)
    entry.isResumed = true
  }
  const build = async (entry: Held): Promise<void> => {
    const consumer = await buildConsumer(entry.info, options)
    entry.consumer = consumer
    if (isHeld(entry)) {
      options.streams.add(entry.info.seatId, consumer.track)
      await confirm(entry)
      // Else it was closed by the SFU while we were building.
    } else drop(entry)
  }
  const settle = (entry: Held, work: Promise<void>): void => {
    work.catch((error: unknown) => {
      if (options.transport.closed || !isHeld(entry)) return
      if (isUseless(error)) drop(entry)
      // One that is built, but whose resume was not answered, is asked for again at the next rejoin.
      else if (!entry.consumer) options.onBroken()
    })
  }
  const batch = createConsumerBatch<Held>((entries) => {
    // Some may have been closed by the SFU while they waited.
    for (const entry of entries.filter(isHeld)) settle(entry, build(entry))
  })
  const add = (info: ConsumerInfo): void => {
    if (held.has(info.consumerId)) return
    const entry: Held = { info, consumer: null, isResumed: false }
    held.set(info.consumerId, entry)
    batch.add(entry)
  }
  return {
    add,
    remove: (consumerId) => drop(held.get(consumerId)),
    sync(infos) {
      const diff = diffConsumers(held, infos)
      for (const consumerId of diff.close) drop(held.get(consumerId))
      diff.build.forEach(add)
      batch.flush()
      for (const consumerId of diff.resume) {
        const entry = held.get(consumerId)
        // One that is still being built confirms itself.
        if (entry?.consumer) settle(entry, confirm(entry))
      }
    },
    standing: () => [...held.values()].flatMap(sampledOf),
    close() {
      batch.close()
      for (const entry of held.values()) drop(entry)
    },
  }
}

function createHolding(streams: RemoteStreams) {
  const held = new Map<string, Held>()
  const isHeld = (entry: Held): boolean => held.get(entry.info.consumerId) === entry
  const drop = (entry: Held | undefined): void => {
    if (entry && isHeld(entry)) held.delete(entry.info.consumerId)
    if (entry?.consumer) streams.remove(entry.info.seatId, entry.consumer.track)
    entry?.consumer?.close()
  }
  return { held, isHeld, drop }
}

async function buildConsumer(
  info: ConsumerInfo,
  { transport, marks }: ReceiverOptions,
): Promise<types.Consumer> {
  const consumer = await transport.consume({
    ...consumerOptions(info),
    onRtpReceiver: (receiver) => marks && markConnection(transport, receiver, marks),
  })
  marks?.reach('firstConsumerMs')
  return consumer
}

function sampledOf({ info, consumer }: Held): SampledConsumer[] {
  const { consumerId, seatId } = info
  return consumer ? [{ consumerId, seatId, trackId: consumer.track.id }] : []
}

/** Whether this one consumer can come to nothing, while the transport is sound. */
function isUseless(error: unknown): boolean {
  return error instanceof Refusal ? error.code === 'CONSUMER_NOT_FOUND' : !isSignallingError(error)
}

function consumerOptions(info: ConsumerInfo): types.ConsumerOptions {
  return {
    id: info.consumerId,
    producerId: info.producerId,
    kind: info.kind,
    rtpParameters: info.rtpParameters as types.RtpParameters,
    // One stream name for a person's voice and picture makes the browser keep them in step.
    streamId: info.seatId,
  }
}
