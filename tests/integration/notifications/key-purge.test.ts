import { expect, it } from 'vitest'
import { createLogger } from '@visavis/platform/log'
import { newId } from '@visavis/prisma'
import { createTestDatabase } from '@visavis/prisma/test-database'
import { createJobs } from '../../../server/src/platform/jobs.ts'
import { addKeyPurge } from '../../../server/src/platform/key-purge.ts'

const DAY_MS = 86_400_000

it('[BK-5] answers are kept for a week and then forgotten', async () => {
  const { db, url, drop } = await createTestDatabase()
  try {
    const now = new Date()
    const jobs = createJobs({ databaseUrl: url, log: createLogger('test', 'silent') })
    addKeyPurge({ db, clock: { now: () => now }, jobs })
    for (const [key, days] of [
      ['fresh', 6.9],
      ['old', 7.1],
    ] as const) {
      const createdAt = new Date(now.getTime() - days * DAY_MS)
      const data = { actorId: newId(), key, bodyHash: 'a'.repeat(64), reply: {}, createdAt }
      await db.idempotencyKey.create({ data })
    }
    await jobs.runNow('keys.purge')
    expect(await db.idempotencyKey.findMany({ select: { key: true } })).toEqual([{ key: 'fresh' }])
  } finally {
    await drop()
  }
})
