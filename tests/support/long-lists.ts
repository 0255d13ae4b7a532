import { recordingFolderOf } from '@visavis/contract/recording-result'
import { newId } from '@visavis/prisma'
import { insertVisit } from '@visavis/prisma/seed'
import type { Demo } from './demo.ts'

const DAY_MS = 86_400_000

/** Puts so many recorded visits of the past into the demo's facility, of which nobody looks at a byte, each with an export that waits. */
export async function fillLists({ db, visit, staff }: Demo, count: number): Promise<void> {
  const { facilityId, terminalId, inmateId, visitorId } = visit
  const { accountId } = staff('investigator')
  for (let index = 0; index < count; index += 1) {
    const startsAt = new Date(Date.now() - (200 + index) * DAY_MS)
    const people = { facilityId, terminalId, inmateId, visitorIds: [visitorId] }
    const { visit: past } = await insertVisit(db, {
      ...{ ...people, startsAt, bookingState: 'FULFILLED' },
      session: { state: 'ENDED', outcome: 'COMPLETED', endedAt: startsAt },
    })
    const { visitId } = past
    const recordingId = newId()
    const folder = recordingFolderOf({ visitId, recordingId })
    await db.recording.create({
      data: {
        ...{ recordingId, visitId, epoch: 1, state: 'FAILED', failure: 'INTERNAL', folder },
        ...{ startedAt: startsAt, endedAt: startsAt },
        destroyAfter: new Date(Date.now() + (200 + index) * DAY_MS),
      },
    })
    await db.recordingExport.create({
      data: {
        ...{ exportId: newId(), visitId, askedBy: accountId, askedAt: new Date() },
        ...{ purpose: 'Evidence', caseNumber: `C-${index}`, recipient: `Court ${index}` },
      },
    })
  }
}
