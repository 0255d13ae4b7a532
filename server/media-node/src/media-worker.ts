import { isIPv6 } from 'node:net'
import { createWorker } from 'mediasoup'
import type { types } from 'mediasoup'
import { ConfigFaults } from '@visavis/platform/config'
import type { MediaNodeConfig } from './config.ts'
import { ROUTER_CODECS } from './codecs.ts'
import { openRouterOf, privateRouterOf } from './media-router.ts'
import type { OpenRouter, PrivateRouter } from './media-router.ts'

/** Which pool a worker stands in, which ports it has and which start of the node it belongs to. */
export type WorkerPlace = {
  readonly pool: 'open' | 'private'
  /** UDP and TCP port of its WebRtcServer. */
  readonly port: number
  readonly bootId: string
}

type CommonWorker = {
  readonly pid: number
  readonly onDied: (listener: () => void) => void
  readonly close: () => void
}

/** A worker whose one router is shared by the visits on it. */
export type OpenWorker = CommonWorker & { readonly pool: 'open'; readonly router: OpenRouter }

/** A worker that gives each privileged visit a router of its own. */
export type PrivateWorker = CommonWorker & {
  readonly pool: 'private'
  readonly openRouter: () => Promise<PrivateRouter>
}

export type MediaWorker = OpenWorker | PrivateWorker

/**
 * All packets of a worker's visits come through one socket: with sixty visits some 33,000 a second, each
 * of which takes about 2 KiB of the kernel's memory. This is room for a tenth of a second in which the
 * worker was given no processor. Linux doubles it, and grants no more than `net.core.rmem_max` allows.
 */
const SOCKET_BUFFER_BYTES = 4_194_304
const BIG_BUFFERS = { sendBufferSize: SOCKET_BUFFER_BYTES, recvBufferSize: SOCKET_BUFFER_BYTES }

/** Starts a worker process with its WebRTC port. Throws ConfigFaults when the port is taken. */
export async function startMediaWorker(
  config: MediaNodeConfig,
  place: WorkerPlace,
): Promise<MediaWorker> {
  const { pool, bootId, port } = place
  const worker = await createWorker({
    logLevel: 'warn',
    ...(config.workerBin ? { workerBin: config.workerBin } : {}),
    appData: { bootId, pool, port },
  })
  const webRtcServer = await openPort(worker, config, port)
  const common: CommonWorker = {
    pid: worker.pid,
    onDied: (listener) => void worker.on('died', listener),
    close: () => worker.close(),
  }
  const newRouter = () => worker.createRouter({ mediaCodecs: ROUTER_CODECS, appData: { pool } })
  const parts = { webRtcServer, worker }
  if (pool === 'open') {
    return { ...common, pool, router: openRouterOf({ ...parts, router: await newRouter() }) }
  }
  return {
    ...common,
    pool,
    openRouter: async () => privateRouterOf({ ...parts, router: await newRouter() }),
  }
}

async function openPort(
  worker: types.Worker,
  { listen }: MediaNodeConfig,
  port: number,
): Promise<types.WebRtcServer> {
  const listenInfos = listen.flatMap(({ ip, announcedAddress }) =>
    (['udp', 'tcp'] as const).map((protocol) => ({
      protocol,
      ip,
      port,
      ...(announcedAddress ? { announcedAddress } : {}),
      // Beside 0.0.0.0, :: would take its port too.
      ...(isIPv6(ip) ? { flags: { ipv6Only: true } } : {}),
      ...(protocol === 'udp' ? BIG_BUFFERS : {}),
    })),
  )
  try {
    return await worker.createWebRtcServer({ listenInfos })
  } catch (error) {
    worker.close()
    const why = error instanceof Error ? error.message : String(error)
    throw new ConfigFaults([
      `RTC_PORT cannot use UDP and TCP port ${port} of ${listen.map(({ ip }) => ip).join(', ')} (${why}): ` +
        'stop the program that uses it, or set another RTC_PORT or RTC_LISTEN_IP',
    ])
  }
}
