import { createMediaNode } from '@visavis/media-node/node'
import type { MediaNode } from '@visavis/media-node/node'
import { systemClock } from '@visavis/platform/clock'
import { createLogger } from '@visavis/platform/log'
import { freePorts } from '../../../support/ports.ts'

/** One open and one private worker. */
const WORKERS = 2

/** A real media node on that control port, so that another one can take its place. */
export async function startMediaNodeOn(controlPort: number): Promise<MediaNode> {
  return createMediaNode(
    {
      controlSecret: 'c'.repeat(32),
      grantSecret: 'g'.repeat(32),
      controlPort,
      rtcPort: await freePorts(WORKERS),
      listenIp: '127.0.0.1',
      announcedAddress: null,
      openWorkers: WORKERS - 1,
      workerBin: process.env['MEDIASOUP_WORKER_BIN'] ?? null,
      logLevel: 'silent',
    },
    { log: createLogger('media-node', 'silent'), clock: systemClock },
  )
}
