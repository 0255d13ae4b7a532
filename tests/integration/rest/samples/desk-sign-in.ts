import { insertTerminal } from '@visavis/prisma/seed'
import { deviceCookie } from '../support/callers.ts'
import { PIN } from '../support/people-and-places.ts'
import type { SampleMaker, SampleWorld } from './sample.ts'

/** The sample of signing in at the desk: at a terminal of the place that no visit needs. */
export function deskSignInSample({ world, place }: SampleWorld): { deskSignIn: SampleMaker } {
  return {
    deskSignIn: async () => {
      const { db } = world()
      const { facilityId, inmateId } = place()
      const { terminalId } = await insertTerminal(db, { facilityId })
      const { inmateNumber } = await db.inmate.findUniqueOrThrow({ where: { inmateId } })
      const device = await deviceCookie(db, terminalId)
      return { payload: { inmateNumber, pin: PIN }, device }
    },
  }
}
