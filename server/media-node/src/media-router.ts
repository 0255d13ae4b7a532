import { ortc } from 'mediasoup'
import type { types } from 'mediasoup'
import { Refusal, panic } from '@visavis/contract/errors'
import type { LoopPath } from '@visavis/contract/preflight-socket'
import type { MediaKind } from '@visavis/contract/rtc'
import type { RouterInfo } from '@visavis/contract/media-control'
import { INITIAL_OUTGOING_BPS, MAX_INCOMING_BPS } from './bit-rates.ts'
import { clientCapabilities } from './codecs.ts'
import { capabilitiesForWire } from './rtc-values.ts'
import type { TransportOwner } from './ownership.ts'

/** A transport to a browser. */
export type ClientTransport = types.WebRtcTransport<TransportOwner>
/** The transport to a recorder. */
export type TapTransport = types.PlainTransport<TransportOwner>
/** The way of still pictures into this process. */
export type StillsTransport = types.DirectTransport<TransportOwner>

/**
 * A router of a privileged visit. The library's router stays inside: through this type nothing but
 * WebRTC transports can be made on it.
 */
export type PrivateRouter = {
  readonly pool: 'private'
  readonly routerId: string
  readonly workerPid: number
  readonly rtpCapabilities: types.RtpCapabilities
  readonly info: () => RouterInfo
  /** `path` other than `any` leaves the client no other protocol to come by. */
  readonly openClientTransport: (owner: TransportOwner, path?: LoopPath) => Promise<ClientTransport>
  /** Throws when a track of this kind cannot be sent like that. */
  readonly checkProducible: (kind: MediaKind, rtpParameters: types.RtpParameters) => void
  /** Settles when the worker has carried out all that it was told so far; it works in order. */
  readonly settled: () => Promise<void>
  readonly close: () => void
}

/** A router that visits share which may be watched; only it can open a recorder's transport. */
export type OpenRouter = Omit<PrivateRouter, 'pool'> & {
  readonly pool: 'open'
  /** `listenIp` is an address of this machine that the recorder reaches. */
  readonly openTapTransport: (owner: TransportOwner, listenIp: string) => Promise<TapTransport>
  readonly openStillsTransport: (owner: TransportOwner) => Promise<StillsTransport>
  /** What listens to how loud it is, every `everyMs`; hears nobody until it is given somebody. */
  readonly openLevels: (everyMs: number) => Promise<types.AudioLevelObserver>
}

export type MediaRouter = OpenRouter | PrivateRouter

/** More microphones than a worker can carry. */
const MOST_LEVELS = 1_000
/** What is quieter is the noise of a room. */
const QUIETEST_DBOV = -70

/** How long a silent browser keeps its place, so that a dead one frees it soon. */
const ICE_CONSENT_TIMEOUT_S = 15

type RouterParts = {
  readonly router: types.Router
  readonly webRtcServer: types.WebRtcServer
  readonly worker: types.Worker
}

/**
 * Hides the library's router of a privileged visit, and takes from it whatever could lead its media elsewhere:
 * code that comes by the object all the same finds no way to make one of these (OV-1).
 */
export function privateRouterOf(parts: RouterParts): PrivateRouter {
  sealRouter(parts.router)
  return { pool: 'private', ...commonPart(parts, 'private') }
}

/** The library's ways to lead media, or what it says, anywhere else than to a browser. */
export const SEALED_WAYS = [
  'createPlainTransport',
  'createPipeTransport',
  'createDirectTransport',
  'pipeToRouter',
  'createAudioLevelObserver',
  'createActiveSpeakerObserver',
] as const satisfies readonly (keyof types.Router)[]

/** For good: the properties can be neither written nor defined anew. Throws if the library did not have them. */
function sealRouter(router: types.Router): void {
  for (const way of SEALED_WAYS) {
    if (typeof router[way] !== 'function') panic(`the library has no ${way} any more`)
    Object.defineProperty(router, way, {
      value: () => panic(`${way} on a privileged visit's router`),
      writable: false,
      configurable: false,
      enumerable: false,
    })
  }
}

/** Wraps a shared router. */
export function openRouterOf(parts: RouterParts): OpenRouter {
  return {
    pool: 'open',
    ...commonPart(parts, 'open'),
    openTapTransport: (owner, listenIp) =>
      parts.router.createPlainTransport({
        listenInfo: { protocol: 'udp', ip: listenIp },
        rtcpMux: true,
        comedia: false,
        enableSctp: false,
        appData: owner,
      }),
    openStillsTransport: (owner) => parts.router.createDirectTransport({ appData: owner }),
    openLevels: (everyMs) =>
      parts.router.createAudioLevelObserver({
        maxEntries: MOST_LEVELS,
        threshold: QUIETEST_DBOV,
        interval: everyMs,
        appData: { role: 'levels' },
      }),
  }
}

function commonPart(parts: RouterParts, pool: MediaRouter['pool']): Omit<PrivateRouter, 'pool'> {
  const { router, worker } = parts
  const workerPid = worker.pid
  const rtpCapabilities = clientCapabilities(router.rtpCapabilities)
  return {
    routerId: router.id,
    workerPid,
    rtpCapabilities,
    info: () => ({
      routerId: router.id,
      pool,
      workerPid,
      routerRtpCapabilities: capabilitiesForWire(rtpCapabilities),
    }),
    openClientTransport: (owner, path = 'any') => openClientTransport(parts, owner, path),
    checkProducible: (kind, rtpParameters) => checkProducible(router, kind, rtpParameters),
    settled: async () => {
      // The cheapest question there is; a worker that is dead has nothing left to carry out.
      await worker.getResourceUsage().catch(() => undefined)
    },
    close: () => router.close(),
  }
}

async function openClientTransport(
  { router, webRtcServer }: RouterParts,
  owner: TransportOwner,
  path: LoopPath,
): Promise<ClientTransport> {
  const transport = await router.createWebRtcTransport({
    webRtcServer,
    enableUdp: path !== 'tcp',
    enableTcp: path !== 'udp',
    preferUdp: true,
    // Data channels carry nothing of ours, and their code is the likeliest to break a worker.
    enableSctp: false,
    initialAvailableOutgoingBitrate: INITIAL_OUTGOING_BPS,
    iceConsentTimeout: ICE_CONSENT_TIMEOUT_S,
    appData: owner,
  })
  await transport.setMaxIncomingBitrate(MAX_INCOMING_BPS)
  return transport
}

/** The library does not compare the kind with the codecs, and the media graph goes by the kind (OV-2). */
function checkProducible(
  { rtpCapabilities }: types.Router,
  kind: MediaKind,
  rtpParameters: types.RtpParameters,
): void {
  const isOfKind = rtpParameters.codecs.every(({ mimeType }) =>
    mimeType.toLowerCase().startsWith(`${kind}/`),
  )
  if (!isOfKind) throw new Refusal('PRODUCER_REFUSED', { why: 'a codec of another kind' })
  const copy = structuredClone(rtpParameters)
  ortc.validateAndNormalizeRtpParameters(copy)
  ortc.getProducerRtpParametersMapping(copy, rtpCapabilities)
}
