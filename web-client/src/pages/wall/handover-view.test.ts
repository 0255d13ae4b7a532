import { describe, expect, it } from 'vitest'
import { withHandovers } from './handover-view.ts'
import { aTile } from './wall-fixture.ts'
import { arrangeWall } from './wall-order.ts'

const [quiet, urgent, help] = [
  aTile(),
  aTile({ attention: 'ID_PENDING' }),
  aTile({ attention: 'HELP_CALLED' }),
]
const NOBODY: ReadonlySet<string> = new Set()

describe('a wall after a hand-over', () => {
  it('[OV-7] has first what it took, and says why, but not before a call for help', () => {
    const taken = new Set<string>([quiet.visitId, help.visitId])
    const shown = withHandovers([urgent, quiet, help], { taken, given: NOBODY })
    const { tiles } = arrangeWall(shown)
    expect(tiles.map(({ visitId }) => visitId)).toEqual([help, quiet, urgent].map((v) => v.visitId))
    expect(tiles.map(({ attention }) => attention)).toEqual([
      'HELP_CALLED',
      'HANDED_OVER',
      'ID_PENDING',
    ])
  })

  it('[OV-7] has no longer what it gave away, unless something happens in it', () => {
    const given = new Set<string>([quiet.visitId, urgent.visitId])
    expect(withHandovers([quiet, urgent, help], { taken: NOBODY, given })).toEqual([urgent, help])
  })

  it('is the same list where nothing was handed over', () => {
    const visits = [quiet, urgent]
    expect(withHandovers(visits, { taken: NOBODY, given: NOBODY })).toBe(visits)
  })
})
