import { describe, expect, it } from 'vitest'
import { readBirthDate, typedDate } from './birth-date.ts'

const TODAY = '2026-11-22'
const read = (day: string, month: string, year: string) =>
  readBirthDate({ day, month, year }, TODAY)

describe('a typed birth date', () => {
  it('is read with and without leading noughts and spaces', () => {
    expect(read('3', ' 1', '1950')).toEqual({ ok: true, date: '1950-01-03' })
    expect(read('03', '01', '1950')).toEqual({ ok: true, date: '1950-01-03' })
  })

  it.each([
    ['', '', '', 'MISSING'],
    ['3', '', '1950', 'NOT_A_DATE'],
    ['31', '2', '1950', 'NOT_A_DATE'],
    ['29', '2', '2023', 'NOT_A_DATE'],
    ['3', '13', '1950', 'NOT_A_DATE'],
    ['3', '1', '50', 'NOT_A_DATE'],
    ['third', '1', '1950', 'NOT_A_DATE'],
    ['23', '11', '2026', 'IN_FUTURE'],
    ['1', '1', '1850', 'TOO_LONG_AGO'],
  ])('%s %s %s is told to be wrong: %s', (...[day, month, year, problem]) => {
    expect(read(day, month, year)).toEqual({ ok: false, problem })
  })

  it('is shown in the parts it was typed in', () => {
    expect(typedDate('1950-01-03')).toEqual({ day: '3', month: '1', year: '1950' })
  })
})
