import { describe, expect, it } from 'vitest'
import { calendarFile } from './calendar-file.ts'

const file = calendarFile({
  visitId: '0192e5b0-1111-7abc-8def-0123456789ab',
  title: 'Видеосвидание: Дмитрий',
  text: 'Держите документ под рукой; войти можно за 15 минут, не раньше.\nhttps://example.org/visits',
  place: 'Дома',
  startsAt: '2026-11-24T10:00:00.000Z',
  endsAt: '2026-11-24T10:30:00.000Z',
  writtenAt: '2026-11-22T10:00:00.000Z',
})

describe('the calendar file', () => {
  it('says when in UTC, so that each device shows its own time [BK-6]', () => {
    expect(file).toContain('DTSTART:20261124T100000Z\r\n')
    expect(file).toContain('DTEND:20261124T103000Z\r\n')
    expect(file).toContain('UID:0192e5b0-1111-7abc-8def-0123456789ab@visavis\r\n')
  })

  it('escapes what means something in the format', () => {
    const unfolded = file.replaceAll('\r\n ', '')
    expect(unfolded).toContain('под рукой\\; войти можно за 15 минут\\, не раньше.\\nhttps://')
  })

  it('has no line of more than 75 octets, and breaks no letter', () => {
    const lines = file.split('\r\n')
    expect(lines.every((line) => new TextEncoder().encode(line).length <= 75)).toBe(true)
    expect(file).not.toContain('\uFFFD')
  })
})
