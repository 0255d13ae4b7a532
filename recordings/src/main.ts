import { recorderCommands, recorderEvents } from '@visavis/contract/recorder-control'
import { systemClock } from '@visavis/platform/clock'
import { serveControl } from '@visavis/platform/control-server'
import type { ControlServer } from '@visavis/platform/control-server'
import { createLogger } from '@visavis/platform/log'
import { addProcessMetrics, createMetrics } from '@visavis/platform/metrics'
import { createObjectStore } from '@visavis/platform/object-store/index'
import { runProcess } from '@visavis/platform/process-life'
import type { Running } from '@visavis/platform/process-life'
import { recorderConfig } from './config.ts'
import { findFfmpeg } from './derive/ffmpeg.ts'
import type { Ffmpeg } from './derive/ffmpeg.ts'
import { createRecorder } from './recorder.ts'

/** Servers reach the recorder over a private link only. */
const CONTROL_HOST = '127.0.0.1'

await runProcess('The recorder', start)

async function start(): Promise<Running> {
  const config = recorderConfig(process.env)
  const log = createLogger('recorder', config.LOG_LEVEL)
  const store = createObjectStore(config)
  let ffmpeg: Promise<Ffmpeg | null> | null = null
  const metrics = createMetrics()
  addProcessMetrics(metrics)
  let control: ControlServer<typeof recorderEvents> | null = null
  const recorder = createRecorder({
    dataDir: config.RECORDINGS_DIR,
    listenAddress: config.RTC_LISTEN_IP,
    grantSecret: config.GRANT_SECRET,
    store,
    storeConfig: config,
    findFfmpeg: () => (ffmpeg ??= findFfmpeg(config.FFMPEG_PATH)),
    clock: systemClock,
    tell: (name, payload) => control?.tell(name, payload),
    log,
    metrics,
  })
  const served = await serveControl({
    host: CONTROL_HOST,
    port: config.RECORDER_CONTROL_PORT,
    secret: config.CONTROL_SECRET,
    commands: recorderCommands,
    events: recorderEvents,
    handlers: recorder.handlers,
    health: recorder.health,
    metrics,
    log,
  })
  control = served
  // Only now: whoever holds the port owns the data folder, and may not be taken for dead.
  await recorder.recover()
  log.info({ port: served.port }, 'recorder ready')
  return {
    async close() {
      await served.close()
      await recorder.close()
      store.close()
    },
  }
}
