import type { types } from 'mediasoup-client'
import type { ErrorCode } from '@visavis/contract/errors'
import { createLocalMedia } from './local-media.ts'
import { connectAhead, loadDevice, transportOptions, wireParameters } from './media-library.ts'
import { isSignallingError } from './passing-refusals.ts'
import type { WallSignalling } from './router-reception.ts'
import { createStore } from './store.ts'
import type { DeviceFailure, LocalMedia, Store } from './types.ts'

/** An officer's own voice and picture in a visit (OV-5). */
export type SpeechState =
  | { readonly phase: 'idle' }
  /** The devices are asked for, and then the server. */
  | { readonly phase: 'starting'; readonly visitId: string }
  | {
      readonly phase: 'speaking'
      readonly visitId: string
      readonly speakerId: string
      /** What both sides see and hear. */
      readonly stream: MediaStream
    }
  | {
      readonly phase: 'failed'
      readonly visitId: string
      readonly why: DeviceFailure | ErrorCode
    }

/** Speaks to both sides of one visit at a time. */
export type Speech = Store<SpeechState> & {
  /** Asks for the devices, then begins; the state tells what came of it. Never rejects. */
  readonly start: (visitId: string) => Promise<void>
  /** Stops at once here, and at the server as soon as it hears. */
  readonly stop: () => void
  /** The link is gone, or another officer has ended it: nobody hears us any more. */
  readonly lost: () => void
  /** The visit is known to be spoken to by that speech, or by none. */
  readonly sees: (visit: { visitId: string; speakerId: string | null }) => void
}

/** A face and a voice; nobody records it, and one layer is enough for the short time. */
const PICTURE_BPS = 500_000

type Running = {
  readonly local: LocalMedia
  transport: types.Transport | null
  /** The server has begun it: from here on it is ours to end, and no colleague's. */
  hasBegun: boolean
}

/** Makes it, idle. `signalling` gives the wall's link while there is one. */
export function createSpeech(signalling: () => WallSignalling | null): Speech {
  const store = createStore<SpeechState>({ phase: 'idle' })
  let running: Running | null = null
  const drop = (): void => {
    running?.transport?.close()
    running?.local.stop()
    running = null
  }
  const lost = (): void => {
    if (!running) return
    drop()
    store.setState({ phase: 'idle' })
  }
  const begin = (visitId: string): Attempt => {
    drop()
    const mine: Running = { local: createLocalMedia(), transport: null, hasBegun: false }
    running = mine
    store.setState({ phase: 'starting', visitId })
    const isStill = (): boolean => running === mine
    const tell = (state: SpeechState): void => {
      if (isStill()) store.setState(state)
    }
    const fail = (why: DeviceFailure | ErrorCode): void => {
      if (!isStill()) return
      drop()
      store.setState({ phase: 'failed', visitId, why })
    }
    return { visitId, running: mine, isStill, tell, fail, lost }
  }
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    start: (visitId) => startSpeech(begin(visitId), signalling),
    stop() {
      const state = store.getState()
      const hasBegun = running?.hasBegun ?? false
      lost()
      if (state.phase === 'failed') store.setState({ phase: 'idle' })
      // A link that is down ends it by itself; one that is just being begun ends when it is.
      if (hasBegun && state.phase !== 'idle') void tellStop(signalling(), state.visitId)
    },
    lost,
    sees({ visitId, speakerId }) {
      const state = store.getState()
      if (state.phase !== 'speaking' || state.visitId !== visitId) return
      if (state.speakerId !== speakerId) lost()
    },
  }
}

/** One try to speak; whatever comes of it counts only while no other has taken its place. */
type Attempt = {
  readonly visitId: string
  readonly running: Running
  readonly isStill: () => boolean
  readonly tell: (state: SpeechState) => void
  readonly fail: (why: DeviceFailure | ErrorCode) => void
  readonly lost: () => void
}

async function startSpeech(
  attempt: Attempt,
  signalling: () => WallSignalling | null,
): Promise<void> {
  const { visitId, running, isStill, tell, fail } = attempt
  const stream = await openDevices(running.local)
  const link = signalling()
  if (typeof stream === 'string') {
    fail(stream)
    return
  }
  if (!isStill()) {
    running.local.stop()
    return
  }
  if (!link) {
    fail('NOT_JOINED')
    return
  }
  try {
    const speakerId = await open(link, stream, attempt)
    if (isStill()) tell({ phase: 'speaking', visitId, speakerId, stream })
    else letGo(attempt, link)
  } catch (error) {
    // The server may have begun it before what failed.
    letGo(attempt, link)
    fail(isSignallingError(error) ? error.code : 'INTERNAL')
  }
}

/** Stopped while it was being opened: the people of the visit were told of somebody by now. */
function letGo({ running, visitId }: Attempt, link: WallSignalling): void {
  running.transport?.close()
  running.local.stop()
  if (running.hasBegun) void tellStop(link, visitId)
}

async function tellStop(link: WallSignalling | null, visitId: string): Promise<void> {
  await link?.request('speech:stop', { visitId }).catch(() => undefined)
}

/** Nobody is told of an officer who has neither voice nor picture. */
async function openDevices(local: LocalMedia): Promise<MediaStream | DeviceFailure> {
  await local.start()
  const state = local.getState()
  if (state.phase === 'ready') return state.stream
  return state.phase === 'failed' ? state.failure : 'UNKNOWN'
}

async function open(
  link: WallSignalling,
  stream: MediaStream,
  { visitId, running, lost }: Attempt,
): Promise<string> {
  const opened = await link.request('speech:start', { visitId })
  running.hasBegun = true
  const device = await loadDevice(opened.routerRtpCapabilities)
  const iceServers = opened.iceServers as RTCIceServer[]
  const transport = device.createSendTransport({ ...transportOptions(opened.send), iceServers })
  running.transport = transport
  connectAhead(transport, (dtls) => link.request('speech:connect', dtls), lost)
  transport.on('produce', ({ kind, rtpParameters }, done, failed) => {
    link
      .request('speech:produce', { kind, rtpParameters: wireParameters(rtpParameters) })
      .then(({ producerId }) => done({ id: producerId }), failed)
  })
  transport.on('connectionstatechange', (state) => {
    if (state === 'failed') lost()
  })
  for (const track of stream.getTracks()) {
    await transport.produce({
      ...{ track, stopTracks: false },
      ...(track.kind === 'video' ? { encodings: [{ maxBitrate: PICTURE_BPS }] } : {}),
    })
  }
  return opened.speakerId
}
