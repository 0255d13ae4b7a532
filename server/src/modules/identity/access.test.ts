import { describe, expect, it } from 'vitest'
import type { AccountActor, InmateActor, TerminalActor } from './actor.ts'
import {
  isElsewhere,
  isOwnSeat,
  requireAccess,
  requireFacility,
  requireReach,
  requireWindow,
} from './access.ts'

const WHOLE: AccountActor['signIn'] = {
  ...{ stage: 'FULL', method: 'PASSKEY', isBreakGlass: false },
  ...{ provedAt: new Date(), isFresh: true },
}

const visitor: AccountActor = {
  kind: 'account',
  accountId: 'account-1',
  role: 'visitor',
  facilityId: null,
  operatorId: null,
  visitorId: 'visitor-1',
  officerId: null,
  linkCentreId: null,
  onlyVisitId: null,
  authSessionId: 'session-1',
  displayName: 'Vera Visitor',
  language: 'en',
  expiresAt: new Date(),
  signIn: WHOLE,
}
const officer: AccountActor = {
  ...visitor,
  role: 'officer',
  visitorId: null,
  facilityId: 'facility-1',
}
const operator: AccountActor = {
  ...visitor,
  role: 'operatorAdmin',
  visitorId: null,
  operatorId: 'op-1',
}
const terminal: TerminalActor = {
  kind: 'terminal',
  terminalId: 'terminal-1',
  facilityId: 'facility-1',
  isDisabled: false,
}
const inmate: InmateActor = {
  kind: 'inmate',
  inmateId: 'inmate-1',
  terminalId: 'terminal-1',
  facilityId: 'facility-1',
  visitId: 'visit-1',
  authSessionId: 'session-2',
  displayName: 'Ivan',
  language: 'en',
  expiresAt: new Date(),
}

const roomDevice: AccountActor = { ...visitor, onlyVisitId: 'visit-1' }

describe('[TR-3] a link centre’s room device', () => {
  const access = { kind: 'account', roles: ['visitor'] } as const

  it('gets nowhere that is not expressly for it', () => {
    expect(() => requireAccess(roomDevice, access)).toThrow('FORBIDDEN')
    expect(() => requireAccess(roomDevice, access, {})).toThrow('FORBIDDEN')
    expect(requireAccess(roomDevice, access, { isForRoomDevice: true })).toBe(roomDevice)
    expect(requireAccess(visitor, access)).toBe(visitor)
  })

  it('is elsewhere in every visit but its own; who has an account of their own never is', () => {
    expect(isElsewhere(roomDevice, 'visit-1')).toBe(false)
    expect(isElsewhere(roomDevice, 'visit-2')).toBe(true)
    expect(isElsewhere(visitor, 'visit-2')).toBe(false)
    expect(isElsewhere(inmate, 'visit-2')).toBe(false)
  })
})

describe('[TR-5] a terminal out of service', () => {
  const disabled = { ...terminal, isDisabled: true }

  it('gets nowhere that is not expressly for it', () => {
    const access = { kind: 'terminal' } as const
    expect(() => requireAccess(disabled, access)).toThrow('TERMINAL_DISABLED')
    expect(requireAccess(disabled, access, { isForDisabledTerminal: true })).toBe(disabled)
    expect(requireAccess(terminal, access)).toBe(terminal)
  })
})

describe('[TR-5] media', () => {
  it('is for an inmate in the window of a visit, never for one at the desk', () => {
    expect(requireWindow(inmate)).toBe(inmate)
    expect(() => requireWindow({ ...inmate, visitId: null })).toThrow('OUTSIDE_VISIT_WINDOW')
  })
})

describe('[TR-3] facility', () => {
  it('lets in the own one only', () => {
    expect(() => requireFacility(officer, 'facility-1')).not.toThrow()
    expect(() => requireFacility(inmate, 'facility-1')).not.toThrow()
    expect(() => requireFacility(officer, 'facility-2')).toThrow('NOT_FOUND')
    const ask = () => requireFacility(officer, 'facility-2', 'VISIT_NOT_FOUND')
    expect(ask).toThrow('VISIT_NOT_FOUND')
  })

  it('is no way in for an account without one', () => {
    expect(() => requireFacility(visitor, 'facility-1')).toThrow('NOT_FOUND')
    expect(() => requireFacility(operator, 'facility-1')).toThrow('NOT_FOUND')
  })

  it('limits lists to the facility, or to the operator’s facilities, or refuses them', () => {
    expect(requireReach(officer)).toEqual({ facilityId: 'facility-1' })
    expect(requireReach(operator)).toEqual({ operatorId: 'op-1' })
    expect(() => requireReach(visitor)).toThrow('FORBIDDEN')
  })
})

describe('[TR-3] relation', () => {
  const visitorSeat = { visitorId: 'visitor-1', inmateId: null }
  const inmateSeat = { visitorId: null, inmateId: 'inmate-1' }

  it('is one’s own seat and nobody else’s', () => {
    expect(isOwnSeat(visitor, visitorSeat)).toBe(true)
    expect(isOwnSeat(inmate, inmateSeat)).toBe(true)
    expect(isOwnSeat(visitor, inmateSeat)).toBe(false)
    expect(isOwnSeat(inmate, visitorSeat)).toBe(false)
    expect(isOwnSeat(terminal, inmateSeat)).toBe(false)
  })

  it('is never made of two absences', () => {
    expect(isOwnSeat(officer, inmateSeat)).toBe(false)
    expect(isOwnSeat(officer, { visitorId: null, inmateId: null })).toBe(false)
  })
})

describe('[TR-3] a sign-in that is not whole', () => {
  const access = { kind: 'account', roles: ['officer'] } as const
  const at = (changes: Partial<AccountActor['signIn']>): AccountActor => ({
    ...officer,
    signIn: { ...WHOLE, ...changes },
  })

  it('gets nowhere that is not expressly for it', () => {
    const half = at({ stage: 'SECOND_FACTOR', isFresh: false, provedAt: null })
    expect(() => requireAccess(half, access)).toThrow('SECOND_FACTOR_REQUIRED')
    expect(() => requireAccess(at({ stage: 'SET_UP' }), access)).toThrow('SET_UP_REQUIRED')
    expect(requireAccess(half, access, { isForUnfinishedSignIn: true })).toBe(half)
  })

  it('is told apart from a stale proof, which only what needs a fresh one refuses', () => {
    const stale = at({ isFresh: false })
    expect(requireAccess(stale, access)).toBe(stale)
    expect(() => requireAccess(stale, access, { stepUp: true })).toThrow('STEP_UP_REQUIRED')
    const fresh = at({})
    expect(requireAccess(fresh, access, { stepUp: true })).toBe(fresh)
  })
})
