import { enrolmentCodeHash, newEnrolmentCode, newId } from '@visavis/prisma'
import type { RestWorld } from './rest-world.ts'

const TEN_MINUTES_MS = 600_000

/** A stored code for the terminal, as an administrator would have got it. */
export async function aCodeFor({ db, clock }: RestWorld, terminalId: string): Promise<string> {
  const code = newEnrolmentCode()
  const codeHash = enrolmentCodeHash(code)
  const expiresAt = new Date(clock.now().getTime() + TEN_MINUTES_MS)
  await db.terminalEnrolment.create({
    data: { enrolmentId: newId(), terminalId, codeHash, expiresAt },
  })
  return code
}
