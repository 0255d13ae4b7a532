import type { ModuleGround } from '../../platform/module-ground.ts'
import type { TerminalsRepo } from './terminals.repo.ts'

/** All that the services of this module stand on. */
export type TerminalsDeps = Pick<ModuleGround, 'clock' | 'audit' | 'transact'> & {
  readonly repo: TerminalsRepo
}
