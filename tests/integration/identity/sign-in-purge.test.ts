import { expect, it } from 'vitest'
import { createLogger } from '@visavis/platform/log'
import { newId } from '@visavis/prisma'
import { insertAccount, insertSmallWorld } from '@visavis/prisma/seed'
import { createTestDatabase } from '@visavis/prisma/test-database'
import { addSignInPurge } from '../../../server/src/modules/identity/index.ts'
import { createJobs } from '../../../server/src/platform/jobs.ts'

const DAY_MS = 86_400_000
const FRESH = 'a'.repeat(64)
const OLD = 'b'.repeat(64)

it('[TR-3] counts of guesses go when no limit looks at them, tries after ninety days, but an account’s last sign-in stays', async () => {
  const { db, url, drop } = await createTestDatabase()
  try {
    const now = new Date()
    const ago = (days: number) => new Date(now.getTime() - days * DAY_MS)
    const jobs = createJobs({ databaseUrl: url, log: createLogger('test', 'silent') })
    addSignInPurge({ db, clock: { now: () => now }, jobs })
    const { facility } = await insertSmallWorld(db)
    const place = { role: 'facilityAdmin', facilityId: facility.facilityId } as const
    const busy = await insertAccount(db, place)
    const gone = await insertAccount(db, place)
    await db.signInCount.createMany({
      data: [
        { key: FRESH, failures: 100, since: ago(29.9) },
        { key: OLD, failures: 100, since: ago(30.1) },
      ],
    })
    const aTry = ({ accountId }: { accountId: string }, isAllowed: boolean, days: number) => ({
      ...{ signInTryId: newId(), accountId, isAllowed, method: 'PASSKEY' as const },
      at: ago(days),
    })
    const kept = [aTry(busy, true, 1), aTry(busy, false, 89.9), aTry(gone, true, 300)]
    const old = [aTry(busy, true, 90.1), aTry(gone, false, 90.1), aTry(gone, true, 301)]
    await db.signInTry.createMany({ data: [...kept, ...old] })
    await jobs.runNow('signIns.purge')
    expect(await db.signInCount.findMany({ select: { key: true } })).toEqual([{ key: FRESH }])
    const left = await db.signInTry.findMany({ select: { signInTryId: true } })
    const ids = (tries: readonly { signInTryId: string }[]) =>
      tries.map(({ signInTryId }) => signInTryId).toSorted()
    expect(ids(left)).toEqual(ids(kept))
  } finally {
    await drop()
  }
})
