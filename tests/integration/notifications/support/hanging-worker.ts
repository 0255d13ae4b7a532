import { createLogger } from '@visavis/platform/log'
import { createJobs } from '../../../../server/src/platform/jobs.ts'

/** A server's process that takes a job and never ends it; killed by its test. */
const [, , databaseUrl = ''] = process.argv
const jobs = createJobs({ databaseUrl, log: createLogger('worker', 'silent') })
jobs.handle('notice.send', async () => {
  process.stdout.write('taken\n')
  await new Promise(() => undefined)
})
await jobs.start('run')
