import { describe, expect, it } from 'vitest'
import { aPlay } from './play-fixture.ts'
import { endByParty } from './session-rules.ts'
import {
  INMATE_SEAT,
  SECOND_VISITOR_SEAT,
  VISITOR_SEAT as MOTHER,
  aSeat,
  aVisitRecord,
  at,
  refusalOf,
} from './visit-fixture.ts'
import type { SeatRecord } from './visit-record.ts'

describe('an interpreter', () => {
  const INTERPRETER = SECOND_VISITOR_SEAT
  const withInterpreter = () => {
    const [mother, , inmate] = aVisitRecord().seats as [SeatRecord, SeatRecord, SeatRecord]
    const helper: SeatRecord = {
      ...aSeat(INTERPRETER, 'VISITOR'),
      role: 'INTERPRETER',
      isVerifiedAdult: false,
    }
    return aPlay({ seats: [mother, helper, inmate] })
  }

  it('[LV-7] makes up for no visitor: no visit begins, goes on or ends with them', () => {
    const play = withInterpreter().join(INMATE_SEAT).join(INTERPRETER).admit(INTERPRETER)
    expect(play.states()).toEqual(['LOBBY', 'NOT_ARRIVED', 'ADMITTED', 'ADMITTED'])
    play.join(MOTHER).admit(MOTHER)
    expect(play.states()).toEqual(['LIVE', 'IN', 'IN', 'IN'])
    expect(refusalOf(() => endByParty(INTERPRETER)(play.situation()))).toBe('VISIT_WRONG_STATE')
    play.links.set(MOTHER, { kind: 'GONE', since: play.now, hasLeft: false })
    expect(play.act().states()[0]).toBe('RECONNECTING')
  })

  it('[LV-3] is let in like everybody, and holds up nobody before', () => {
    const play = withInterpreter().join(INMATE_SEAT).join(MOTHER).join(INTERPRETER).admit(MOTHER)
    expect(play.states()).toEqual(['LIVE', 'IN', 'WAITING', 'IN'])
    expect(play.roomState(INTERPRETER)).toBe('WAITING')
  })

  it('[LV-7] who alone came is nobody of the family', () => {
    const play = withInterpreter().join(INMATE_SEAT).join(INTERPRETER)
    play.now = at(11)
    expect(play.act().visit.session.outcome).toBe('NO_SHOW_VISITOR')
  })
})
