import { systemClock } from '@visavis/platform/clock'
import { createLogger } from '@visavis/platform/log'
import { addProcessMetrics, createMetrics } from '@visavis/platform/metrics'
import { runProcess } from '@visavis/platform/process-life'
import { readConfig } from './config.ts'
import { createMediaNode } from './node.ts'

await runProcess('media node', async () => {
  const config = readConfig(process.env)
  const metrics = createMetrics()
  addProcessMetrics(metrics)
  return createMediaNode(config, {
    log: createLogger('media-node', config.logLevel),
    clock: systemClock,
    metrics,
  })
})
