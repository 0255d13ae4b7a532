import {
  Button,
  FailureNotice,
  Icon,
  Panel,
  Tag,
  capitalised,
  clockRange,
  dayName,
  useNow,
} from '@visavis/ui'
import { useNames } from '@visavis/ui/visit/use-names.ts'
import type { VisitOfMine } from '@visavis/ui/visit/visit-list.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { callApi } from '../../api/call-api.ts'
import { useLocalTime } from '../../flow/terminal.ts'
import { DeskFrame, Loaded } from './DeskFrame.tsx'
import { deskVisits } from './desk-lists.ts'
import { loadVisits, useAct, useTold } from './use-desk.ts'

/** Visits to come, each to be acknowledged, and those that are over with how they came out. */
export function VisitsSection({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation()
  const visits = useTold(loadVisits)
  return (
    <DeskFrame title={t('desk.visits')} onBack={onBack}>
      <Loaded from={visits}>
        {(data) => <Visits visits={data.visits} onChange={() => reloadOf(visits)} />}
      </Loaded>
    </DeskFrame>
  )
}

function reloadOf(resource: ReturnType<typeof useTold>): void {
  if (resource.phase !== 'loading') resource.reload()
}

function Visits({ visits, onChange }: { visits: readonly VisitOfMine[]; onChange: () => void }) {
  const { t } = useTranslation()
  const { coming, past } = deskVisits(visits, useNow())
  return (
    <>
      <section className="vv-stack vv-stack--near">
        <h2>{t('desk.coming')}</h2>
        {coming.length === 0 && <p>{t('desk.noneComing')}</p>}
        <ul className="vv-list">
          {coming.map((visit) => (
            <li key={visit.visitId}>
              <ComingVisit visit={visit} onChange={onChange} />
            </li>
          ))}
        </ul>
      </section>
      {past.length > 0 && (
        <section className="vv-stack vv-stack--near">
          <h2>{t('desk.past')}</h2>
          <ul className="vv-list">
            {past.map((visit) => (
              <li key={visit.visitId}>
                <Panel as="article">
                  <div className="vv-visit-line">
                    <VisitWords visit={visit} />
                    {visit.outcome !== null && <Tag>{t(`outcomeShort.${visit.outcome}`)}</Tag>}
                  </div>
                </Panel>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function ComingVisit({ visit, onChange }: { visit: VisitOfMine; onChange: () => void }) {
  const { t } = useTranslation()
  const { isBusy, failure, run } = useAct()
  const [key] = useState(() => crypto.randomUUID())
  const { visitId, acknowledgedAt } = visit
  const acknowledge = async () => {
    const done = await run(() => callApi('acknowledgeVisit', { params: { visitId }, key }))
    if (done !== null) onChange()
  }
  return (
    <Panel as="article">
      <div className="vv-stack vv-stack--near">
        <div className="vv-visit-line">
          <VisitWords visit={visit} />
          <div role="status">
            {acknowledgedAt !== null && (
              <p className="vv-desk__known">
                <Icon name="check" /> {t('desk.known')}
              </p>
            )}
          </div>
          {acknowledgedAt === null && (
            <Button isBusy={isBusy} onClick={() => void acknowledge()}>
              {t('desk.acknowledge')}
            </Button>
          )}
        </div>
        {failure !== null && <FailureNotice code={failure} />}
      </div>
    </Panel>
  )
}

function VisitWords({ visit }: { visit: VisitOfMine }) {
  const { t } = useTranslation()
  const names = useNames()
  const local = useLocalTime()
  return (
    <div className="vv-stack vv-stack--close">
      <h3>{t('myVisits.with', { names: names(visit.withWhom) })}</h3>
      <p className="vv-numbers">
        {capitalised(dayName(visit.startsAt, local), local.language)},{' '}
        <span className="vv-together">{clockRange(visit.startsAt, visit.endsAt, local)}</span>
      </p>
    </div>
  )
}
