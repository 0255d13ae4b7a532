import { newId, personalOf } from '@visavis/prisma'
import type { Database } from '@visavis/prisma'

/** Personal fields as they are stored, for tests that fill tables by SQL: everybody's are the same person's. */
export async function sealedValues(
  db: Database,
): Promise<{ readonly birthDate: string; readonly email: string }> {
  const { cipher } = personalOf(db)
  const ownerId = newId()
  return {
    birthDate: await cipher.seal({ ownerId, field: 'birthDate' }, '1980-01-01'),
    email: await cipher.seal({ ownerId, field: 'email' }, 'somebody@visits.example'),
  }
}
