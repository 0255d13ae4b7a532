import { personalOf } from '@visavis/prisma'
import type { Database, Personal } from '@visavis/prisma'

/** The keys that personal fields of this database are sealed with. */
export function personKeysOf(db: Database): Personal['keys'] {
  return personalOf(db).keys
}
