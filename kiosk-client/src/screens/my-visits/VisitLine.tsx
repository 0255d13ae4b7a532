import { Button, Panel, StateTag, Tag, clockRange, clockTime } from '@visavis/ui'
import { useNames } from '@visavis/ui/visit/index.ts'
import { useTranslation } from 'react-i18next'
import { useLocalTime, useTerminal } from '../../flow/terminal.ts'
import type { VisitToday } from './visits-today.ts'

/** One visit: with whom, when by the facility's clock, and the way in when it is open. */
export function VisitLine({ visit, moment }: VisitToday) {
  const { t } = useTranslation()
  const { tell } = useTerminal()
  const names = useNames()
  const local = useLocalTime()
  return (
    <Panel as="article">
      <div className="vv-visit-line">
        <div className="vv-stack vv-stack--close">
          <h2>{t('myVisits.with', { names: names(visit.withWhom) })}</h2>
          <p className="vv-visit-line__time vv-numbers">
            {clockRange(visit.startsAt, visit.endsAt, local)}
          </p>
          <VisitState visit={visit} moment={moment} />
        </div>
        {moment === 'now' && (
          <Button onClick={() => tell({ what: 'visitChosen', visit })}>{t('myVisits.go')}</Button>
        )}
        {moment === 'upcoming' && (
          <p>{t('myVisits.opens', { time: clockTime(visit.opensAt, local) })}</p>
        )}
      </div>
    </Panel>
  )
}

function VisitState({ visit, moment }: VisitToday) {
  const { t } = useTranslation()
  if (moment !== 'past' || visit.outcome === null) {
    return (
      <p>
        <StateTag state={visit.state} />
      </p>
    )
  }
  return (
    <p>
      <Tag>{t(`outcomeShort.${visit.outcome}`)}</Tag>
    </p>
  )
}
