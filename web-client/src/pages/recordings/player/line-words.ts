import { minutesAndSeconds } from '@visavis/ui'
import { timelineWords } from '@visavis/ui/visit/timeline-words.ts'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Gap, LineEvent, LineFlag, SeatTracks } from './line-rules.ts'

const SECOND_MS = 1000
const TENTH_MS = 100
const MINUTE_S = 60

/** `1:05` of a place on the line; a begun second does not count. */
export function placeClock(placeMs: number): string {
  if (placeMs < 0) return `−${placeClock(Math.ceil(-placeMs / SECOND_MS) * SECOND_MS)}`
  return minutesAndSeconds(Math.floor(placeMs / SECOND_MS) * SECOND_MS)
}

/** `1:05.3`, for marks. */
export function exactClock(placeMs: number): string {
  const tenth = Math.floor((placeMs % SECOND_MS) / TENTH_MS)
  return `${placeClock(placeMs)}.${tenth}`
}

/** A place for whoever hears it. */
export function placeWords(t: TFunction, placeMs: number): string {
  const wholeS = Math.floor(placeMs / SECOND_MS)
  return t('time.minutesAndSeconds', {
    minutes: t('time.minutes', { count: Math.floor(wholeS / MINUTE_S) }),
    seconds: t('time.seconds', { count: wholeS % MINUTE_S }),
  })
}

/** Who somebody in a recording is. */
export function seatWords(t: TFunction, { party, number }: Omit<SeatTracks, 'tracks'>): string {
  const who = t(`party.${party}`)
  return number === null ? who : t('player.numbered', { who, number })
}

/** Why something is missing, and of whom. */
export function gapWords(t: TFunction, gap: Gap, seats: readonly SeatTracks[]): string {
  const cause = t(`player.gapCause.${gap.cause}`)
  const seat = seats.find(({ seatId }) => seatId === gap.seatId)
  if (!seat) return cause
  const what = t(`player.gapOf.${gap.kind ?? 'both'}`, { who: seatWords(t, seat) })
  return `${what}: ${cause}`
}

/** What an officer marked, and the stretch around it; under a class that is only seen there is none. */
function flagWords(t: TFunction, { category, note, fromMs, toMs }: LineFlag): string {
  const what = t(`coverage.categoryOf.${category}`)
  const said = note === '' ? what : `${what}: ${note}`
  if (toMs <= fromMs) return said
  const [from, to] = [placeClock(Math.max(0, fromMs)), placeClock(toMs)]
  return t('player.between', { what: said, from, to })
}

/** What stands at a place of the line, in words. */
export function useEventWords(seats: readonly SeatTracks[]): (event: LineEvent) => string {
  const { t } = useTranslation()
  return (event) => {
    switch (event.kind) {
      case 'FLAG':
        return flagWords(t, event.flag)
      case 'ACT': {
        const what = timelineWords(t, event.act).join(', ')
        return event.act.who === null ? what : `${event.act.who}: ${what}`
      }
      case 'GAP': {
        const { fromMs, toMs } = event.gap
        const length = minutesAndSeconds(toMs - fromMs)
        return t('player.lasting', { what: gapWords(t, event.gap, seats), length })
      }
      case 'NOTE':
        return t('player.noteBy', { text: event.note.text, name: event.note.by })
    }
  }
}
