import { createMediaNode } from '@visavis/media-node/node'
import type { MediaNode } from '@visavis/media-node/node'
import type { Clock } from '@visavis/platform/clock'
import { createLogger } from '@visavis/platform/log'
import { freePorts } from '../../../support/ports.ts'

/** One open and one private worker. */
const WORKERS = 2

/** A real media node on that control port, so that another one can take its place; it dates by `clock`. */
export async function startMediaNodeOn(controlPort: number, clock: Clock): Promise<MediaNode> {
  return createMediaNode(
    {
      controlSecret: 'c'.repeat(32),
      grantSecret: 'g'.repeat(32),
      controlPort,
      rtcPort: await freePorts(WORKERS),
      listen: [{ ip: '127.0.0.1', announcedAddress: null }],
      openWorkers: WORKERS - 1,
      workerBin: process.env['MEDIASOUP_WORKER_BIN'] ?? null,
      logLevel: 'silent',
    },
    { log: createLogger('media-node', 'silent'), clock },
  )
}
