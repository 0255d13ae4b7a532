import { errorCodeOf } from '@visavis/contract/errors'
import { judgePreflight } from '@visavis/contract/preflight-rules'
import type { PreflightFindings } from '@visavis/contract/preflight-rules'
import { loadDevice } from './media-library.ts'
import { devicesOf, liveTracksOf, silentTrack } from './preflight-devices.ts'
import { runPaths } from './preflight-run.ts'
import type { RunFindings } from './preflight-run.ts'
import type { PreflightSignalling } from './preflight-link.ts'
import { isPhone, reachServer, tellServer } from './preflight-server.ts'
import { NO_STEP_YET, stepsOf, withDevices, withSpeaker } from './preflight-steps.ts'
import type { Preflight, PreflightOptions, PreflightState, StepStates } from './preflight-types.ts'
import { watchDevices } from './preflight-watch.ts'
import { createStore } from './store.ts'
import type { LocalMedia } from './types.ts'

/** Long enough for a slow start of the line, and for losses that come in bursts to show. */
const LOOP_MS = 10_000

type Speaker = PreflightFindings['speaker']

/** One test under way. */
type Attempt = {
  readonly options: PreflightOptions
  readonly local: LocalMedia
  readonly signal: AbortSignal
  /** Shows a state, unless the test was dropped. */
  readonly show: (state: PreflightState) => void
  /** Asks the person; settles with the answer. */
  readonly listen: () => Promise<Speaker>
}

/** Makes a test of devices and network, idle until it is started (LV-10). */
export function createPreflight(options: PreflightOptions): Preflight {
  const store = createStore<PreflightState>({ phase: 'idle' })
  let controller = new AbortController()
  let answer: (speaker: Speaker) => void = () => undefined
  const listen = () => new Promise<Speaker>((resolve) => (answer = resolve))
  const drop = (): void => {
    controller.abort()
    store.setState({ phase: 'idle' })
  }
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    start(local) {
      drop()
      controller = new AbortController()
      const { signal } = controller
      const show = (state: PreflightState): void => {
        if (!signal.aborted) store.setState(state)
      }
      makeAttempt({ options, local, signal, show, listen }).catch((error: unknown) =>
        show({ phase: 'failed', code: errorCodeOf(error) }),
      )
    },
    answerSpeaker: (isHeard) =>
      answer(isHeard === null ? 'UNASKED' : isHeard ? 'HEARD' : 'UNHEARD'),
    close: drop,
  }
}

async function makeAttempt(test: Attempt): Promise<void> {
  const { local, options, signal, show, listen } = test
  await devicesAnswered(local, signal)
  const steps = withDevices(NO_STEP_YET, devicesOf(local.getState()))
  if (!options.isUnattended) show({ phase: 'listening', steps: { ...steps, speaker: 'RUNNING' } })
  const speaker = options.isUnattended ? 'UNASKED' : await listen()
  const running = withSpeaker(steps, speaker)
  show({ phase: 'running', steps: running, progress: 0 })
  const signalling = await reachServer(options, signal)
  try {
    const found = await testDevicesAndNetwork(test, signalling, running)
    const findings: PreflightFindings = { ...found, speaker }
    const told = await tellServer(signalling, options, findings)
    const known = told?.findings ?? findings
    const judgement = told ?? judgePreflight(findings, deviceOf(options))
    const isKept = told !== null
    show({ phase: 'done', steps: stepsOf(known), findings: known, judgement, isKept })
  } finally {
    signalling.close()
  }
}

/** All but the speaker. */
async function testDevicesAndNetwork(
  { local, options, signal, show }: Attempt,
  signalling: PreflightSignalling,
  begun: StepStates,
): Promise<Omit<PreflightFindings, 'speaker'>> {
  const offer = await signalling.request('loop:open', {})
  const device = await loadDevice(offer.routerRtpCapabilities)
  const live = liveTracksOf(local)
  const stand = live.length === 0 ? silentTrack() : null
  const watch = watchDevices(local)
  let steps = begun
  try {
    const { hasSounded, ...found }: RunFindings = await runPaths({
      device,
      signalling,
      signal,
      relays: offer.iceServers as RTCIceServer[],
      tracks: stand ? [stand.track] : live,
      loopMs: options.loopMs ?? LOOP_MS,
      onBeat: watch.beat,
      onStep(step, state) {
        steps = { ...steps, [step]: state }
        show({ phase: 'running', steps, progress: 0 })
      },
      onLoop: (progress) => show({ phase: 'running', steps, progress }),
    })
    return { ...watch.findings(stand ? null : hasSounded), ...found }
  } finally {
    watch.close()
    stand?.close()
  }
}

/** Resolves once the devices were given or refused; asks for them where nobody has. */
function devicesAnswered(local: LocalMedia, signal: AbortSignal): Promise<void> {
  if (local.getState().phase === 'idle') void local.start()
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const { phase } = local.getState()
      if (phase === 'idle' || phase === 'asking') return
      stop()
      resolve()
    }
    const stop = local.subscribe(look)
    signal.addEventListener('abort', () => {
      stop()
      reject(new DOMException('the test was dropped', 'AbortError'))
    })
    look()
  })
}

function deviceOf({ signInAs }: PreflightOptions) {
  if (signInAs !== 'account') return 'TERMINAL'
  return isPhone() ? 'PHONE' : 'COMPUTER'
}
