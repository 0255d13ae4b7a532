import { describe, expect, it } from 'vitest'
import { createWallCoverage } from './wall-coverage.ts'

type Listener = (payload: never) => void

/** A link as the server would speak on it; what is asked of it is answered from the list. */
function aLink(answers: Record<string, unknown> = {}) {
  const listeners = new Map<string, Listener>()
  const asked: [string, unknown][] = []
  return {
    asked,
    tell: (name: string, payload: unknown) => listeners.get(name)?.(payload as never),
    link: {
      on: (name: string, listener: Listener) => void listeners.set(name, listener),
      isConnected: () => true,
      request: (name: string, payload: unknown) => {
        asked.push([name, payload])
        return Promise.resolve(answers[name])
      },
    } as never,
  }
}
const OFFER = {
  ...{ offerId: 'o1', cause: 'COLLEAGUE', fromName: 'Vera', visitIds: ['v1', 'v2'], at: 'now' },
} as const

describe('handing visits over', () => {
  it('[OV-7] shows what is offered until it is over, and what was taken until it is looked at', async () => {
    const { link, tell } = aLink({ 'handover:answer': { visitIds: OFFER.visitIds } })
    const coverage = createWallCoverage(() => link)
    coverage.listen(link)
    tell('handover:offered', OFFER)
    tell('handover:offered', { ...OFFER, offerId: 'o2' })
    tell('handover:offered', OFFER)
    expect(coverage.handovers.getState().offers.map(({ offerId }) => offerId)).toEqual(['o2', 'o1'])
    tell('handover:closed', { offerId: 'o2' })
    expect(await coverage.answerOffer('o1', true)).toEqual({ ok: true })
    expect(coverage.handovers.getState()).toMatchObject({
      offers: [],
      taken: new Set(['v1', 'v2']),
    })
    coverage.lookedAt('v1')
    expect(coverage.handovers.getState().taken).toEqual(new Set(['v2']))
  })

  it('[OV-7] lets go of what a colleague took, and has again what comes back', async () => {
    const { link, tell } = aLink({ 'handover:answer': { visitIds: ['v1'] } })
    const coverage = createWallCoverage(() => link)
    coverage.listen(link)
    tell('handover:taken', { offerId: 'o1', toName: 'Vera', visitIds: ['v1', 'v2'] })
    const given = new Set(['v1', 'v2'])
    expect(coverage.handovers.getState()).toMatchObject({ lastTaker: 'Vera', given })
    await coverage.answerOffer('o3', true)
    expect(coverage.handovers.getState()).toMatchObject({
      given: new Set(['v2']),
      taken: new Set(['v1']),
    })
    tell('handover:offered', OFFER)
    coverage.lost()
    expect(coverage.handovers.getState().offers).toEqual([])
  })

  it('[OV-6] knows the flag that it set, so that it can be taken back', async () => {
    const { link, asked } = aLink({ 'flag:add': { flagId: 'f1' }, 'flag:undo': {} })
    const coverage = createWallCoverage(() => link)
    const words = { category: 'THREAT', reason: 'HEARD', note: '' } as const
    expect(await coverage.flag('v1', words)).toEqual({ ok: true, flagId: 'f1' })
    expect(await coverage.unflag('v1', 'f1')).toEqual({ ok: true })
    expect(asked.at(-1)).toEqual(['flag:undo', { visitId: 'v1', flagId: 'f1' }])
    const alone = createWallCoverage(() => null)
    expect(await alone.flag('v1', words)).toEqual({ ok: false, code: 'NOT_JOINED' })
  })
})
