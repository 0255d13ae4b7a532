import { routes } from '@visavis/contract/http'
import type { ModuleGround } from '../../platform/module-ground.ts'
import { createAdviceRepo } from './advice.repo.ts'
import { figuresFor } from './advice-figures.service.ts'

export { adviceAfter, findingsOf } from './advice-rules.ts'
export type { AdviceRecord } from './advice-rules.ts'
export { createAdviceRepo } from './advice.repo.ts'
export type { AdviceRepo } from './advice.repo.ts'

/** Puts on the server how often detectors advised, and how often in vain (LV-11). */
export function addAdvice({ bind, db }: Pick<ModuleGround, 'bind' | 'db'>): void {
  const repo = createAdviceRepo(db)
  bind(routes.adviceFigures, ({ actor, query }) => figuresFor(repo, actor, query))
}
