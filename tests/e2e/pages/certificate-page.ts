import { readFileSync } from 'node:fs'
import { newId } from '@visavis/prisma'
import { insertInmate, insertTerminal, insertVisit } from '@visavis/prisma/seed'
import type { Page } from 'playwright-core'
import { aWholeChain } from '../../../server/src/modules/certificates/census-fixture.ts'
import { storeLines } from '../../integration/rest/support/certified-visit.ts'
import type { Demo } from '../../support/demo.ts'

const LASTED_MS = 20_000

/** A privileged visit of the demonstration's visitor that has just ended, with its census; its id. */
export async function anEndedPrivilegedVisit({ db, visit: known }: Demo): Promise<string> {
  const { facilityId } = known
  const { visitorId } = await db.seat.findFirstOrThrow({
    where: { visitId: known.visitId, visitorId: { not: null } },
  })
  const endedAt = new Date()
  const startsAt = new Date(endedAt.getTime() - LASTED_MS)
  const { terminalId } = await insertTerminal(db, { facilityId, name: `T ${newId()}` })
  const { inmateId } = await insertInmate(db, { facilityId })
  const { visit } = await insertVisit(db, {
    ...{ facilityId, terminalId, inmateId, startsAt, visitClass: 'privileged' },
    bookingState: 'FULFILLED',
    visitorIds: visitorId === null ? [] : [visitorId],
    session: { state: 'ENDED', outcome: 'COMPLETED', endedAt, deliveredMs: 10_000, epoch: 1 },
  })
  await storeLines({ db }, aWholeChain({ visitId: visit.visitId, beganAt: startsAt }, 5))
  return visit.visitId
}

/** Presses what saves a file, and gives the file's text. */
export async function savedBy(
  page: Page,
  { role, name }: { role: 'button' | 'link'; name: string },
): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole(role, { name }).click(),
  ])
  return readFileSync(await download.path(), 'utf8')
}
