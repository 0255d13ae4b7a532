import { memo, useId, useMemo } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { EVENT_KINDS, eventsOf } from './line-rules.ts'
import type { EventKind, LineEvent, SeatTracks, Stretch, Timeline } from './line-rules.ts'
import { seatWords } from './line-words.ts'
import { COLUMNS, columnsOf, pathOf, shareOf } from './waveform.ts'
import type { Waveform } from './waveform.ts'

type LanesProps = {
  readonly seats: readonly SeatTracks[]
  readonly waveforms: readonly Waveform[]
  readonly timeline: Timeline
  readonly lengthMs: number
}

/**
 * What was when, side by side on one line: whose sound, who spoke, flags, acts, gaps and notes. It is for the
 * eye; the list beside it says the same in words.
 */
export const Lanes = memo(function Lanes({ seats, waveforms, timeline, lengthMs }: LanesProps) {
  const { t } = useTranslation()
  const events = useMemo(() => eventsOf(timeline), [timeline])
  return (
    <div aria-hidden="true">
      {seats.map((seat) => (
        <Lane key={seat.seatId} name={seatWords(t, seat)} isTall>
          <SoundPicture
            seat={seat}
            waveforms={waveforms}
            speech={timeline.speech.find(({ seatId }) => seatId === seat.seatId)?.spans ?? []}
            lengthMs={lengthMs}
          />
        </Lane>
      ))}
      {EVENT_KINDS.map((kind) => (
        <Lane key={kind} name={t(`player.lane.${kind}`)}>
          <EventPicture kind={kind} events={events} lengthMs={lengthMs} />
        </Lane>
      ))}
    </div>
  )
})

type LaneProps = { readonly name: string; readonly isTall?: boolean; readonly children: ReactNode }

function Lane({ name, isTall = false, children }: LaneProps) {
  return (
    <div className={isTall ? 'vv-lane vv-lane--tall' : 'vv-lane'}>
      <span className="vv-lane__name">{name}</span>
      <svg viewBox={`0 0 ${COLUMNS} 2`} preserveAspectRatio="none">
        {children}
      </svg>
    </div>
  )
}

type SoundProps = {
  readonly seat: SeatTracks
  readonly waveforms: readonly Waveform[]
  readonly speech: readonly Stretch[]
  readonly lengthMs: number
}

function SoundPicture({ seat, waveforms, speech, lengthMs }: SoundProps) {
  const path = useMemo(() => {
    const sounds = seat.tracks.flatMap((track) => {
      const waveform = waveforms.find(({ trackId }) => trackId === track.trackId)
      return waveform ? [{ track, waveform }] : []
    })
    return pathOf(columnsOf(sounds, lengthMs))
  }, [seat, waveforms, lengthMs])
  return (
    <>
      {speech.map((span) => (
        <StretchMark key={span.fromMs} look="speech" span={span} lengthMs={lengthMs} />
      ))}
      <path className="vv-lane__sound" d={path} />
    </>
  )
}

type EventProps = {
  readonly kind: EventKind
  readonly events: readonly LineEvent[]
  readonly lengthMs: number
}

function EventPicture({ kind, events, lengthMs }: EventProps) {
  const hatchId = useId()
  const own = events.filter((event) => event.kind === kind)
  return (
    <>
      <Hatch hatchId={hatchId} />
      {own.map((event) => {
        const span = spanOf(event)
        const fill = kind === 'GAP' ? `url(#${hatchId})` : undefined
        return (
          <g key={event.eventId}>
            {span && <StretchMark look={kind} span={span} lengthMs={lengthMs} fill={fill} />}
            <TickMark look={kind} atMs={event.atMs} lengthMs={lengthMs} />
          </g>
        )
      })}
    </>
  )
}

/** A flag has a stretch around it, and a gap is one. */
function spanOf(event: LineEvent): Stretch | null {
  if (event.kind === 'FLAG') return event.flag
  return event.kind === 'GAP' ? event.gap : null
}

type StretchMarkProps = {
  readonly look: EventKind | 'speech'
  readonly span: Stretch
  readonly lengthMs: number
  readonly fill?: string | undefined
}

function StretchMark({ look, span, lengthMs, fill }: StretchMarkProps) {
  const { from, size } = shareOf(span, lengthMs)
  return (
    <rect
      className={`vv-lane__stretch vv-lane__stretch--${look}`}
      x={from * COLUMNS}
      width={size * COLUMNS}
      height="2"
      {...(fill === undefined ? {} : { fill })}
    />
  )
}

const TICK_WIDTH = 3

function TickMark({ look, atMs, lengthMs }: { look: EventKind; atMs: number; lengthMs: number }) {
  const { from } = shareOf({ fromMs: atMs, toMs: atMs }, lengthMs)
  const x = Math.min(from * COLUMNS, COLUMNS - TICK_WIDTH)
  return (
    <rect className={`vv-lane__tick vv-lane__tick--${look}`} x={x} width={TICK_WIDTH} height="2" />
  )
}

/** A gap is told by its pattern, not by colour alone. */
function Hatch({ hatchId }: { hatchId: string }) {
  return (
    <defs>
      <pattern id={hatchId} width="6" height="2" patternUnits="userSpaceOnUse">
        <rect className="vv-lane__hatch" width="3" height="2" />
      </pattern>
    </defs>
  )
}
