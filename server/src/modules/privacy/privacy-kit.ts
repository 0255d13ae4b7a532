import type { Personal } from '@visavis/prisma'
import type { ModuleGround } from '../../platform/module-ground.ts'
import type { DataExports } from '../my-data/index.ts'
import type { Tasks } from '../tasks/index.ts'

/** What privacy uses of other modules. */
export type PrivacyUses = {
  readonly tasks: Tasks
  readonly dataExports: Pick<DataExports, 'endOf'>
}

/** What every service of privacy stands on. */
export type PrivacyKit = ModuleGround & PrivacyUses & Pick<Personal, 'keys'>
