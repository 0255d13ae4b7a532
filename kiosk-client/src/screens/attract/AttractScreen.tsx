import {
  Button,
  Icon,
  PageHeading,
  Tag,
  capitalised,
  clockRange,
  clockTime,
  dayName,
  useNow,
} from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { TerminalFrame } from '../../components/TerminalFrame.tsx'
import { useLocalTime, useTerminal } from '../../flow/terminal.ts'
import { useSelfCheck } from '../../flow/use-self-check.ts'

/** Waits for the next person: the time here, when visits are (never whose), and two ways in. */
export function AttractScreen() {
  const { t } = useTranslation()
  const { tell } = useTerminal()
  const isTesting = useSelfCheck()
  return (
    <TerminalFrame hasClock={false}>
      <div className="vv-attract">
        <div className="vv-stack">
          <PageHeading>{t('attract.title')}</PageHeading>
          <GreatClock />
          <NextVisits />
          <div role="status">{isTesting && <p>{t('preflight.selfTest')}</p>}</div>
        </div>
        <div className="vv-attract__start">
          <Button onClick={() => tell({ what: 'startPressed' })}>
            <Icon name="play" size="1.2em" />
            {t('attract.start')}
          </Button>
          <div className="vv-attract__desk">
            <Button look="secondary" onClick={() => tell({ what: 'deskPressed' })}>
              {t('desk.enter')}
            </Button>
          </div>
        </div>
      </div>
    </TerminalFrame>
  )
}

function GreatClock() {
  const local = useLocalTime()
  const instant = new Date(useNow()).toISOString()
  return (
    <p className="vv-attract__clock">
      <time dateTime={instant} className="vv-attract__time vv-numbers">
        {clockTime(instant, local)}
      </time>
      <span>{capitalised(dayName(instant, local), local.language)}</span>
    </p>
  )
}

function NextVisits() {
  const { t } = useTranslation()
  const local = useLocalTime()
  const { info } = useTerminal()
  const visits = info?.nextVisits ?? []
  return (
    <section className="vv-stack vv-stack--close">
      <h2>{t('attract.next')}</h2>
      {visits.length === 0 && <p>{t('attract.none')}</p>}
      <ul className="vv-attract__visits">
        {visits.map(({ startsAt, endsAt, opensAt, isFamilyHere }) => (
          <li key={startsAt} className="vv-numbers">
            <DayOf instant={startsAt} />
            {clockRange(startsAt, endsAt, local)}{' '}
            <CallWords opensAt={opensAt} isFamilyHere={isFamilyHere} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Whoever has this visit is called, and whether somebody waits for them; never who (TR-5). */
function CallWords({ opensAt, isFamilyHere }: { opensAt: string; isFamilyHere: boolean }) {
  const { t } = useTranslation()
  if (Date.parse(opensAt) > useNow()) return null
  return (
    <Tag tone={isFamilyHere ? 'action' : 'plain'}>
      {t(isFamilyHere ? 'attract.familyHere' : 'attract.called')}
    </Tag>
  )
}

/** The day of a visit that is not today. */
function DayOf({ instant }: { instant: string }) {
  const local = useLocalTime()
  const today = dayName(new Date(useNow()).toISOString(), local)
  const day = dayName(instant, local)
  return day === today ? null : <span>{capitalised(day, local.language)}, </span>
}
