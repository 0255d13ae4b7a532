import type { ModuleGround } from '../../platform/module-ground.ts'
import type { Notices } from '../notifications/index.ts'

/** What the use cases of accounts stand on. */
export type AccountsKit = Pick<ModuleGround, 'clock' | 'audit' | 'transact' | 'identity' | 'db'> & {
  readonly notices: Notices
}
