import { routes } from '@visavis/contract/http'
import { newId } from '../../platform/ids.ts'
import type { ModuleGround } from '../../platform/module-ground.ts'
import { createReadyTextsService } from './ready-texts.service.ts'

export { findReadyText } from './ready-texts.service.ts'

/** Puts ready texts on the server: officers read them, the facility's administrator writes them (OV-5). */
export function addReadyTexts({ bind, clock, audit, transact }: ModuleGround): void {
  const service = createReadyTextsService({ clock, audit, newId })
  bind(routes.readyTexts, async ({ actor }) => ({
    readyTexts: [...(await transact((tx) => service.list(tx, actor)))],
  }))
  bind(routes.addReadyText, ({ actor, requestId, body, once }) =>
    once((tx) => service.add(tx, { actor, requestId, ...body })),
  )
  bind(routes.changeReadyText, ({ actor, requestId, params, body, once }) =>
    once((tx) => service.change(tx, { actor, requestId, ...params, ...body })),
  )
  bind(routes.retireReadyText, ({ actor, requestId, params, body, once }) =>
    once((tx) => service.retire(tx, { actor, requestId, ...params, ...body })),
  )
}
