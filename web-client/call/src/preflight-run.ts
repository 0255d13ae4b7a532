import type { Device } from 'mediasoup-client'
import type { PathState, PreflightFindings } from '@visavis/contract/preflight-rules'
import { hasSounded, loopFiguresOf } from './preflight-figures.ts'
import type { LoopSample } from './preflight-figures.ts'
import { openLoopLink } from './preflight-link.ts'
import type { LoopLink, LoopLinkOptions, PreflightSignalling } from './preflight-link.ts'

/** What the network and the flowing tracks showed. */
export type RunFindings = Pick<PreflightFindings, 'udp' | 'tcp' | 'relay' | 'loop'> & {
  /** Null where the browser does not say. */
  readonly hasSounded: boolean | null
}

/** A part of the run that is shown. */
export type RunStep = 'tcp' | 'udp' | 'loop'

export type RunOptions = {
  readonly device: Device
  readonly signalling: PreflightSignalling
  readonly relays: readonly RTCIceServer[]
  readonly tracks: readonly MediaStreamTrack[]
  readonly loopMs: number
  readonly signal: AbortSignal
  /** Told as each part begins and ends. */
  readonly onStep: (step: RunStep, state: 'RUNNING' | 'OK' | 'PROBLEM') => void
  /** Told of the loop's course, 0 to 1. */
  readonly onLoop: (share: number) => void
  /** Called with each second of the loop. */
  readonly onBeat: () => void
}

const SAMPLE_EVERY_MS = 1_000

/**
 * Tries TCP, then UDP, each on its own, and then lets sound and picture go round on the better of the two;
 * through a relay where neither is open. Throws Refusals and Faults of the service.
 */
export async function runPaths(options: RunOptions): Promise<RunFindings> {
  const sound = options.tracks.filter(({ kind }) => kind === 'audio')
  const first = sound.length > 0 ? sound : options.tracks
  const tcp = await tryPath(options, { path: 'tcp', tracks: first, step: 'tcp' })
  tcp?.close()
  const udp = await tryPath(options, { path: 'udp', tracks: options.tracks, step: 'udp' })
  const other = udp === null && (await otherWay(options, tcp !== null))
  const link = udp ?? (other || null)
  const samples = link ? await goRound(link, options) : []
  link?.close()
  const loop = loopFiguresOf(samples)
  options.onStep('loop', loop ? 'OK' : 'PROBLEM')
  return { ...stateOf({ tcp, udp, link, options }), loop, hasSounded: hasSounded(samples) }
}

type Seen = {
  readonly tcp: LoopLink | null
  readonly udp: LoopLink | null
  readonly link: LoopLink | null
  readonly options: RunOptions
}

function stateOf({ tcp, udp, link, options }: Seen): Pick<RunFindings, 'udp' | 'tcp' | 'relay'> {
  const open = (link: LoopLink | null): PathState => (link ? 'OPEN' : 'BLOCKED')
  const isRelayTried = !tcp && !udp && options.relays.length > 0
  return { udp: open(udp), tcp: open(tcp), relay: isRelayTried ? open(link) : 'UNTRIED' }
}

/** Where UDP is not open: TCP with everything on it, or a relay. */
function otherWay(options: RunOptions, isTcpOpen: boolean): Promise<LoopLink | null> {
  const { tracks, relays } = options
  if (isTcpOpen) return tryPath(options, { path: 'tcp', tracks })
  return relays.length > 0
    ? tryPath(options, { path: 'any', tracks, relays })
    : Promise.resolve(null)
}

type Attempt = Pick<LoopLinkOptions, 'path' | 'tracks' | 'relays'> & { readonly step?: RunStep }

/** The link, if both directions came up. */
async function tryPath(options: RunOptions, attempt: Attempt): Promise<LoopLink | null> {
  const { device, signalling, signal, onStep } = options
  const { step, ...way } = attempt
  signal.throwIfAborted()
  if (step) onStep(step, 'RUNNING')
  const link = await openLoopLink({ device, signalling, signal, ...way })
  const isOpen = await link.connected
  if (!isOpen) link.close()
  signal.throwIfAborted()
  if (step) onStep(step, isOpen ? 'OK' : 'PROBLEM')
  return isOpen ? link : null
}

async function goRound(link: LoopLink, options: RunOptions): Promise<LoopSample[]> {
  const { loopMs, signal, onStep, onLoop, onBeat } = options
  onStep('loop', 'RUNNING')
  const samples = [await link.sample()]
  const beginMs = performance.now()
  while (performance.now() - beginMs < loopMs) {
    await pause(Math.min(SAMPLE_EVERY_MS, loopMs), signal)
    samples.push(await link.sample())
    onBeat()
    onLoop(Math.min(1, (performance.now() - beginMs) / loopMs))
  }
  return samples
}

/** Rejects at once when the signal is aborted. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(new DOMException('the test was dropped', 'AbortError'))
    })
  })
}
