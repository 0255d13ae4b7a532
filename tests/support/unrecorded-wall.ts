import { createDatabase } from '@visavis/prisma'
import type { Database } from '@visavis/prisma'
import type { Browser, Page } from 'playwright-core'
import { openPage } from './browser.ts'
import type { Stack } from './stack.ts'
import { aPlainVisit, makeWallClips } from './wall-cast.ts'
import { aWallPlace, officerCookie, openWallVisits } from './wall-visits.ts'
import type { WallVisits } from './wall-visits.ts'

/** Has the stack's recorder hang, as a machine does that swaps; gives back the way to let it go on. */
export async function hangRecorder({ pidOf }: Pick<Stack, 'pidOf'>): Promise<() => void> {
  const pid = await pidOf('recorder')
  process.kill(pid, 'SIGSTOP')
  return () => process.kill(pid, 'SIGCONT')
}

/** A facility's wall with one visit that should be recorded and is not. */
export type UnrecordedWall = {
  readonly db: Database
  /** Signed in as its officer; nothing is open yet. */
  readonly page: Page
  readonly visitId: string
  readonly visits: WallVisits
  readonly close: () => Promise<void>
}

/** Opens one on a stack whose recorder hangs; the facility waits, or goes on without. */
export async function openUnrecordedWall(
  { origin, databaseUrl }: Pick<Stack, 'origin' | 'databaseUrl'>,
  browser: Browser,
  whenNotRecorded: 'WAIT' | 'GO_ON',
): Promise<UnrecordedWall> {
  const db = createDatabase(databaseUrl, { applicationName: 'visavis-test', poolSize: 2 })
  const place = await aWallPlace(db)
  const { facilityId } = place
  const { policy } = await db.facility.findUniqueOrThrow({ where: { facilityId } })
  const changed = { ...(policy as object), whenNotRecorded }
  await db.facility.update({ where: { facilityId }, data: { policy: changed } })
  const clips = await makeWallClips(2)
  const visits = await openWallVisits({ db, origin }, place, [
    { ...aPlainVisit(clips, 1), isRecorded: true },
  ])
  const { page, context } = await openPage(browser)
  const [name = '', value = ''] = (await officerCookie({ db, origin }, place)).split('=')
  await context.addCookies([{ name, value, url: origin }])
  return {
    ...{ db, page, visits, visitId: visits.visitIds[0] ?? '' },
    close: async () => {
      visits.close()
      await context.close()
      await db.$disconnect()
    },
  }
}
