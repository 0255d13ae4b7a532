import type { types } from 'mediasoup-client'
import { Refusal } from '@visavis/contract/errors'
import { videoLayersFor } from './encodings.ts'
import type { VideoLayer } from './encodings.ts'
import { isSignallingError } from './passing-refusals.ts'
import { planPicture, planVoice } from './send-plan.ts'
import type { SendPlan } from './send-plan.ts'
import { markConnection } from './timings.ts'
import type { Marks } from './timings.ts'
import type { LocalMedia, LocalMediaState } from './types.ts'

const KINDS = ['audio', 'video'] as const
type Kind = (typeof KINDS)[number]

/** A call over a good line should not begin as a blur: kbit/s the sender's estimate starts from. */
const START_KBPS = 500
/** Speech is clear at this rate, and there is room left for forward error correction; bit/s. */
const SPEECH_BPS = 32_000

/** Sends this person's microphone and camera, whichever there are. */
export type Publisher = {
  /** Makes what is sent equal to what the local media have now. Resolves when that is so. */
  readonly sync: () => Promise<void>
  /** Has what is sent go out like that from now on. */
  readonly limit: (plan: SendPlan) => void
}

/** How voice and picture go out. */
export type Sending = {
  readonly plan: SendPlan
  /** Silence is not sent: only where nobody records, for there it would look like loss. */
  readonly skipsSilence: boolean
}

export type PublisherOptions = {
  readonly transport: types.Transport
  readonly device: types.Device
  readonly local: LocalMedia
  /** The transport could not be set up and is of no use any more. */
  readonly onBroken: () => void
  readonly marks: Marks
  readonly sending: Sending
}

/** A producer, or the fact that this session does not take our tracks of that kind. */
type Slot = types.Producer | 'refused'

/** Makes the publisher; closing the transport ends it. */
export function createPublisher(options: PublisherOptions): Publisher {
  const { transport, local, marks } = options
  const slots = new Map<Kind, Slot>()
  let chain: Promise<void> = Promise.resolve()
  let { plan } = options.sending

  const publish = async (kind: Kind): Promise<void> => {
    const track = liveTrack(local.getState(), kind)
    const slot = slots.get(kind)
    if (transport.closed || slot === 'refused') return
    if (slot) return slot.replaceTrack({ track })
    if (!track || !options.device.canProduce(kind)) return
    const producer = await transport.produce({
      ...producerOptions(track, options.sending),
      onRtpSender: (sender) => markConnection(transport, sender, marks),
    })
    slots.set(kind, producer)
    await carryOut(producer, plan)
  }
  const publishSafely = async (kind: Kind): Promise<void> => {
    try {
      await publish(kind)
    } catch (error) {
      if (transport.closed) return
      // A camera that is not taken must not cost the voice: only this kind is given up.
      if (isTurnedDown(error)) slots.set(kind, 'refused')
      else options.onBroken()
    }
  }
  return {
    sync() {
      // Two at once could each find no producer and make two.
      chain = chain.then(async () => {
        await Promise.all(KINDS.map(publishSafely))
      })
      return chain
    },
    limit(next) {
      plan = next
      for (const slot of slots.values()) if (slot !== 'refused') void carryOut(slot, next)
    },
  }
}

/** The layers are those of the producer's first track: another camera takes them over. */
function carryOut({ kind, rtpSender, appData }: types.Producer, plan: SendPlan): Promise<void> {
  if (kind === 'audio') return planVoice(rtpSender, plan)
  return planPicture(rtpSender, (appData as PictureData).layers, plan)
}

type PictureData = { readonly layers: readonly VideoLayer[] }

/** Whether there is anything to send. */
export function hasTracks(state: LocalMediaState): boolean {
  return KINDS.some((kind) => liveTrack(state, kind) !== null)
}

function liveTrack(state: LocalMediaState, kind: Kind): MediaStreamTrack | null {
  if (state.phase !== 'ready') return null
  const isLive = (track: MediaStreamTrack): boolean =>
    track.kind === kind && track.readyState === 'live'
  return state.stream.getTracks().find(isLive) ?? null
}

function isTurnedDown(error: unknown): boolean {
  return error instanceof Refusal ? error.code === 'PRODUCER_REFUSED' : !isSignallingError(error)
}

function producerOptions(
  track: MediaStreamTrack,
  { skipsSilence }: Sending,
): types.ProducerOptions {
  // The page owns the track: it previews it before the call and may keep it after.
  const shared = { track, stopTracks: false, disableTrackOnPause: false }
  if (track.kind === 'video') {
    const encodings = videoLayersFor(track.getSettings())
    return {
      ...shared,
      encodings,
      appData: { layers: encodings.map((layer) => ({ ...layer })) } satisfies PictureData,
      codecOptions: { videoGoogleStartBitrate: START_KBPS },
    }
  }
  return {
    ...shared,
    // LV-9: the voice goes last when the line is poor.
    encodings: [{ priority: 'high', networkPriority: 'high' }],
    codecOptions: {
      opusStereo: false,
      opusFec: true,
      opusNack: true,
      opusDtx: skipsSilence,
      opusMaxAverageBitrate: SPEECH_BPS,
    },
  }
}
