import { describe, expect, it } from 'vitest'
import type { AccountActor, InmateActor, TerminalActor } from './actor.ts'
import { isOwnSeat, requireFacility, requireReach } from './access.ts'

const visitor: AccountActor = {
  kind: 'account',
  accountId: 'account-1',
  role: 'visitor',
  facilityId: null,
  operatorId: null,
  visitorId: 'visitor-1',
  officerId: null,
  authSessionId: 'session-1',
  displayName: 'Vera Visitor',
  language: 'en',
  expiresAt: new Date(),
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

describe('[TR-3] facility', () => {
  it('lets in the own one only', () => {
    expect(() => requireFacility(officer, 'facility-1')).not.toThrow()
    expect(() => requireFacility(inmate, 'facility-1')).not.toThrow()
    expect(() => requireFacility(officer, 'facility-2')).toThrow('FORBIDDEN')
  })

  it('is no way in for an account without one', () => {
    expect(() => requireFacility(visitor, 'facility-1')).toThrow('FORBIDDEN')
    expect(() => requireFacility(operator, 'facility-1')).toThrow('FORBIDDEN')
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
