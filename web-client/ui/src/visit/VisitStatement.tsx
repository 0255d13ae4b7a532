import type { GapCause } from '@visavis/contract/receipt'
import { useTranslation } from 'react-i18next'
import { ClockText, SummaryList } from '../index.ts'
import { clockRange, clockTime, minutesAndSeconds } from '../time/visit-time.ts'
import { PLOT_WIDTH, lossesOf, plotOf } from './statement-rules.ts'
import type { Statement } from './statement-rules.ts'

const PLOT_HEIGHT = 40
/** What was not had is a line at the foot: seen without telling colours apart. */
const GAP_HEIGHT = 8
/** What remained of the booked time when the visit was ended. */
const LEFT_OVER: readonly GapCause[] = ['VISITOR_ENDED', 'INMATE_ENDED', 'STAFF_ENDED']

type StatementProps = {
  readonly statement: Statement
  /** By whose clock times are told. */
  readonly timeZone: string
}

/** LV-6. What a visit came to: its course as a plot, what was lost to what, and what that means. */
export function VisitStatement({ statement, timeZone }: StatementProps) {
  const { t } = useTranslation()
  return (
    <div className="vv-stack vv-stack--near">
      <StatementPlot statement={statement} timeZone={timeZone} />
      <Lengths statement={statement} timeZone={timeZone} />
      <p>{t(`statement.${meaningOf(statement)}`)}</p>
      {statement.creditMs > 0 && (
        <p>{t('statement.credit', { time: minutesAndSeconds(statement.creditMs) })}</p>
      )}
    </div>
  )
}

function meaningOf({ isCounted, isGivenBack }: Statement): 'notCounted' | 'givenBack' | 'counts' {
  if (!isCounted) return 'notCounted'
  return isGivenBack ? 'givenBack' : 'counts'
}

function Lengths({ statement, timeZone }: StatementProps) {
  const { t, i18n } = useTranslation()
  const { bookedMs, extendedMs, madeUpMs, deliveredMs, gaps } = statement
  const row = (term: string, lengthMs: number) => ({
    term,
    value: <ClockText lengthMs={lengthMs} />,
  })
  const losses = lossesOf(gaps).map(({ cause, ms, times, firstAt }) => {
    const when = clockTime(firstAt, { language: i18n.language, timeZone })
    return {
      term: t(`gapCause.${cause}`),
      value: (
        <>
          <ClockText lengthMs={ms} />{' '}
          <span className="vv-soft">{t('statement.times', { count: times, when })}</span>
        </>
      ),
    }
  })
  return (
    <SummaryList
      rows={[
        row(t('call.delivered'), deliveredMs),
        row(t('call.booked'), bookedMs),
        ...(extendedMs > 0 ? [row(t('statement.added'), extendedMs)] : []),
        ...(madeUpMs > 0 ? [row(t('statement.madeUp'), madeUpMs)] : []),
        ...losses,
      ]}
    />
  )
}

function StatementPlot({ statement, timeZone }: StatementProps) {
  const { t, i18n } = useTranslation()
  const { startsAt, endsAt, deliveredMs, bookedMs, extendedMs } = statement
  const bars = plotOf(statement)
  const words = t('statement.plot', {
    had: minutesAndSeconds(deliveredMs),
    booked: minutesAndSeconds(bookedMs + extendedMs),
    count: bars.filter(({ cause }) => cause !== null).length,
  })
  return (
    <figure className="vv-plot">
      <svg
        role="img"
        aria-label={words}
        viewBox={`0 0 ${PLOT_WIDTH} ${PLOT_HEIGHT}`}
        preserveAspectRatio="none"
      >
        {bars.map(({ x, width, cause }) => {
          const height = cause === null ? PLOT_HEIGHT : GAP_HEIGHT
          const className = `vv-plot__${lookOf(cause)}`
          return <rect key={x} {...{ x, width, height, className }} y={PLOT_HEIGHT - height} />
        })}
      </svg>
      <figcaption className="vv-small vv-soft vv-numbers">
        <span>{clockRange(startsAt, endsAt, { language: i18n.language, timeZone })}</span>
        <Key height={PLOT_HEIGHT} look="had" words={t('statement.talk')} />
        <Key height={GAP_HEIGHT} look="lost" words={t('statement.noTalk')} />
      </figcaption>
    </figure>
  )
}

/** How a stretch is drawn; what was left when somebody had ended the visit is no loss to anybody's fault. */
function lookOf(cause: GapCause | null): 'had' | 'lost' | 'left' {
  if (cause === null) return 'had'
  return LEFT_OVER.includes(cause) ? 'left' : 'lost'
}

type KeyProps = {
  readonly height: number
  readonly look: 'had' | 'lost'
  readonly words: string
}

/** What a bar of this height stands for. */
function Key({ height, look, words }: KeyProps) {
  const className = `vv-plot__${look}`
  return (
    <span className="vv-plot__key">
      <svg viewBox={`0 0 ${PLOT_HEIGHT} ${PLOT_HEIGHT}`} aria-hidden="true" focusable="false">
        <rect {...{ height, className }} width={PLOT_HEIGHT} y={PLOT_HEIGHT - height} />
      </svg>
      {words}
    </span>
  )
}
