import { Button } from '@visavis/ui'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { EVENT_KINDS } from './line-rules.ts'
import type { EventKind, LineEvent, LineNote, SeatTracks } from './line-rules.ts'
import { placeClock, placeWords, useEventWords } from './line-words.ts'

type EventListProps = {
  readonly events: readonly LineEvent[]
  readonly seats: readonly SeatTracks[]
  /** Notes of no moment. */
  readonly notes: readonly LineNote[]
  readonly onGoTo: (atMs: number) => void
}

/** Everything that stands on the line, to read and to jump by; notes about the whole below it. */
export function EventList({ events, seats, notes, onGoTo }: EventListProps) {
  const { t } = useTranslation()
  const [only, setOnly] = useState<EventKind | null>(null)
  const shown = events.filter(({ kind }) => only === null || kind === only)
  return (
    <section className="vv-stack vv-stack--near">
      <h2>{t('player.events')}</h2>
      {events.length === 0 ? (
        <p className="vv-soft">{t('player.noEvents')}</p>
      ) : (
        <>
          <KindChips events={events} only={only} onOnly={setOnly} />
          <ol className="vv-events">
            {shown.map((event) => (
              <EventItem key={event.eventId} event={event} seats={seats} onGoTo={onGoTo} />
            ))}
          </ol>
        </>
      )}
      {notes.length > 0 && <WholeNotes notes={notes} />}
    </section>
  )
}

type ChipsProps = {
  readonly events: readonly LineEvent[]
  readonly only: EventKind | null
  readonly onOnly: (only: EventKind | null) => void
}

function KindChips({ events, only, onOnly }: ChipsProps) {
  const { t } = useTranslation()
  const countOf = (kind: EventKind) => events.filter((event) => event.kind === kind).length
  return (
    <div role="group" aria-label={t('player.showOnly')} className="vv-chips">
      <Chip isPressed={only === null} onPress={() => onOnly(null)}>
        {t('player.everything')} {events.length}
      </Chip>
      {EVENT_KINDS.filter((kind) => countOf(kind) > 0).map((kind) => (
        <Chip key={kind} isPressed={only === kind} onPress={() => onOnly(kind)}>
          {t(`player.lane.${kind}`)} {countOf(kind)}
        </Chip>
      ))}
    </div>
  )
}

type ChipProps = {
  readonly isPressed: boolean
  readonly onPress: () => void
  readonly children: ReactNode
}

function Chip({ isPressed, onPress, children }: ChipProps) {
  return (
    <button type="button" className="vv-chip" aria-pressed={isPressed} onClick={onPress}>
      {children}
    </button>
  )
}

type ItemProps = Pick<EventListProps, 'seats' | 'onGoTo'> & { readonly event: LineEvent }

function EventItem({ event, seats, onGoTo }: ItemProps) {
  const { t } = useTranslation()
  const words = useEventWords(seats)(event)
  const atMs = Math.max(0, event.atMs)
  return (
    <li>
      <Button look="secondary" isSmall onClick={() => onGoTo(atMs)}>
        <span className="vv-numbers" aria-hidden="true">
          {placeClock(event.atMs)}
        </span>
        <span className="govuk-visually-hidden">
          {t('player.goTo', { time: placeWords(t, atMs), what: words })}
        </span>
      </Button>
      <span className={`vv-events__what vv-events__what--${event.kind}`}>{words}</span>
    </li>
  )
}

function WholeNotes({ notes }: { notes: readonly LineNote[] }) {
  const { t } = useTranslation()
  return (
    <>
      <h3>{t('player.wholeNotes')}</h3>
      <ul className="vv-bullets">
        {notes.map(({ noteId, text, by }) => (
          <li key={noteId} className="vv-typed">
            {t('player.noteBy', { text, name: by })}
          </li>
        ))}
      </ul>
    </>
  )
}
