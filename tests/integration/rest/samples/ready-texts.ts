import { randomUUID } from 'node:crypto'
import type { readyTextRoutes } from '@visavis/contract/http'
import type { SampleMaker, SampleWorld } from './sample.ts'

const TEXTS = { en: 'Please sit down.', ru: 'Пожалуйста, сядьте.' }

/** Samples of the routes of `contract/http/ready-texts`. */
export function readyTextSamples({
  world,
  place,
}: SampleWorld): Record<keyof typeof readyTextRoutes, SampleMaker> {
  const aText = async (): Promise<string> => {
    const readyTextId = randomUUID()
    const { facilityId } = place()
    const row = { facilityId, readyTextId, kind: 'WARN' as const, texts: TEXTS }
    await world().db.readyText.create({ data: { ...row, createdAt: world().clock.now() } })
    return readyTextId
  }
  return {
    readyTexts: async () => ({}),
    addReadyText: async () => ({ payload: { kind: 'WARN', texts: TEXTS } }),
    changeReadyText: async () => ({
      params: { readyTextId: await aText() },
      payload: { texts: TEXTS, version: 0 },
    }),
    retireReadyText: async () => ({
      params: { readyTextId: await aText() },
      payload: { version: 0 },
    }),
  }
}
