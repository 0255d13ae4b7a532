/** One event for a calendar program. Instants are ISO 8601 in UTC. */
export type CalendarEvent = {
  readonly visitId: string
  readonly title: string
  readonly text: string
  readonly place: string
  readonly startsAt: string
  readonly endsAt: string
  readonly writtenAt: string
}

/** Octets in a line, without its end (RFC 5545, 3.1). */
const LINE_OCTETS = 75
/** When the calendar program reminds: long enough to find the document and charge the phone. */
const REMINDER = '-PT1H'

/** An iCalendar file (RFC 5545) with one event and a reminder an hour before. */
export function calendarFile(event: CalendarEvent): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Vis-a-vis//Booking//EN',
    'BEGIN:VEVENT',
    `UID:${event.visitId}@visavis`,
    `DTSTAMP:${stamp(event.writtenAt)}`,
    `DTSTART:${stamp(event.startsAt)}`,
    `DTEND:${stamp(event.endsAt)}`,
    `SUMMARY:${escaped(event.title)}`,
    `LOCATION:${escaped(event.place)}`,
    `DESCRIPTION:${escaped(event.text)}`,
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escaped(event.title)}`,
    `TRIGGER:${REMINDER}`,
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

function stamp(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
}

function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll('\n', '\\n')
}

/** Breaks a line by octets, never within a letter; what follows begins with a space. */
function folded(line: string): string {
  const encoder = new TextEncoder()
  const parts = ['']
  let octets = 0
  for (const letter of line) {
    const size = encoder.encode(letter).length
    if (octets + size > LINE_OCTETS) {
      parts.push('')
      octets = 1
    }
    parts.push(`${parts.pop() ?? ''}${letter}`)
    octets += size
  }
  return parts.join('\r\n ')
}
