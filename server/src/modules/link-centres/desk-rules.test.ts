import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkInObstacle, roomAccountOf, roomCodeEnd, roomCodeObstacle } from './desk-rules.ts'
import type { DeskBooking, DeskPerson } from './desk-rules.ts'

const at = (time: string): Date => new Date(`2026-11-21T${time}Z`)
const adult: DeskPerson = {
  isAdult: true,
  isVerified: true,
  isCheckedIn: true,
  accountId: 'account-1',
}
const child: DeskPerson = { isAdult: false, isVerified: false, isCheckedIn: false, accountId: null }
const booking: DeskBooking = {
  startsAt: at('10:00:00'),
  endsAt: at('10:30:00'),
  isAhead: true,
  bookedBy: 'account-1',
  people: [adult, child],
}

describe('checking in', () => {
  it('begins two hours before the visit and ends with it', () => {
    expect(checkInObstacle(booking, at('07:59:59'))).toEqual({ liftsAt: at('08:00:00') })
    expect(checkInObstacle(booking, at('08:00:00'))).toBeNull()
    expect(checkInObstacle(booking, at('10:29:59'))).toBeNull()
    expect(checkInObstacle(booking, at('10:30:00'))).toEqual({})
    expect(checkInObstacle({ ...booking, isAhead: false }, at('10:00:00'))).toEqual({})
  })
})

describe('a room’s code', () => {
  const fieldOf = (people: readonly DeskPerson[]) =>
    roomCodeObstacle({ ...booking, people }, at('09:50:00'))?.fields?.[0]?.field

  it('is made from half an hour before the visit until its end', () => {
    expect(roomCodeObstacle(booking, at('09:29:59'))).toEqual({ liftsAt: at('09:30:00') })
    expect(roomCodeObstacle(booking, at('09:30:00'))).toBeNull()
    expect(roomCodeObstacle(booking, at('10:30:00'))).toEqual({})
  })

  it('[EL-6] wants every adult checked in and one of them verified; children need not be', () => {
    expect(fieldOf([adult, child])).toBeUndefined()
    expect(fieldOf([adult, { ...adult, isCheckedIn: false }])).toBe('checkIns')
    expect(fieldOf([{ ...adult, isVerified: false }])).toBe('visitors')
    expect(fieldOf([{ ...child, isCheckedIn: true, isVerified: true }])).toBe('visitors')
    expect(fieldOf([{ ...adult, accountId: null }])).toBe('account')
  })

  it('lives ten minutes and never longer than the visit', () => {
    expect(roomCodeEnd(booking, at('09:50:00'))).toEqual(at('10:00:00'))
    expect(roomCodeEnd(booking, at('10:25:00'))).toEqual(at('10:30:00'))
  })
})

describe('the account of the room', () => {
  const person = fc.record<DeskPerson>({
    isAdult: fc.boolean(),
    isVerified: fc.boolean(),
    isCheckedIn: fc.boolean(),
    accountId: fc.constantFrom(null, 'account-1', 'account-2', 'account-3'),
  })

  it('[EL-6] is that of somebody who was seen, an adult’s first, and of those the booker’s', () => {
    fc.assert(
      fc.property(fc.array(person, { maxLength: 5 }), (people) => {
        const seen = people.filter(({ isCheckedIn }) => isCheckedIn)
        const chosen = roomAccountOf({ ...booking, people })
        const accounts = seen.flatMap(({ accountId }) => accountId ?? [])
        expect(chosen === null).toBe(accounts.length === 0)
        if (chosen !== null) expect(accounts).toContain(chosen)
        const adults = seen.flatMap(({ isAdult, accountId }) => (isAdult && accountId) || [])
        if (adults.length > 0) expect(adults).toContain(chosen)
        if (adults.includes('account-1')) expect(chosen).toBe('account-1')
      }),
    )
  })

  it('is an adult’s where the booker is not there', () => {
    const people = [
      { ...child, isCheckedIn: true, accountId: 'account-3' },
      { ...adult, accountId: 'account-2' },
    ]
    expect(roomAccountOf({ ...booking, people })).toBe('account-2')
  })
})
