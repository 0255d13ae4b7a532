import { createDatabase } from '@visavis/prisma'
import { aPlainVisit, makeWallClips } from '../support/wall-cast.ts'
import { openWallVisits } from '../support/wall-visits.ts'
import type { WallPlace } from '../support/wall-visits.ts'

/** Opens visits of two and sends as they would: a process of its own, so that its work is nobody else's. */

/** What the bench asks for: `live` visits move and are heard; of the others a still is wanted, and they send less. */
export type WallOrder = {
  readonly origin: string
  readonly databaseUrl: string
  readonly place: WallPlace
  readonly kind: 'live' | 'still'
  readonly visits: number
}

/** A picture of which only key frames are looked at need not move much. */
const STILL_FRAMES_PER_SECOND = 1

const clips = await makeWallClips()
let opened = 0

process.on('message', (order: WallOrder) => {
  open(order).then(
    () => process.send?.({ kind: 'opened' }),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
process.on('disconnect', () => process.exit(0))
process.send?.({ kind: 'ready' })

async function open({ origin, databaseUrl, place, kind, visits }: WallOrder): Promise<void> {
  const db = createDatabase(databaseUrl, { applicationName: 'visavis-test', poolSize: 2 })
  const slow = clips.map(([small]) =>
    small ? [{ ...small, framesPerSecond: STILL_FRAMES_PER_SECOND }] : [],
  )
  const shapes = Array.from({ length: visits }, (_, at) => ({
    ...aPlainVisit(kind === 'live' ? clips : slow, opened + at),
    // One picture a visit is what makes it a still; the other side is there without a camera.
    ...(kind === 'still' ? { inmate: [], hasSound: false } : {}),
  }))
  opened += visits
  await openWallVisits({ db, origin }, place, shapes)
  await db.$disconnect()
}
