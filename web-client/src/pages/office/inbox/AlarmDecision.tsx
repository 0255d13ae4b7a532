import { Notice, Tag, useResource } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Reply } from '../../../api/api.ts'
import { useSession } from '../../../session/session.ts'
import { Loaded } from '../parts/Loaded.tsx'
import { useOffice } from '../parts/use-office.ts'
import type { DecisionProps } from './TaskPanel.tsx'

/** The watch over privileged visits has closed one, or a rehearsed attack got through (OV-8). */
export function AlarmDecision({ task: { visit } }: DecisionProps) {
  const { t } = useTranslation()
  const { span } = useOffice()
  if (!visit) return <FailedCanaries />
  const { visitId, startsAt, endsAt } = visit
  return (
    <Notice tone="bad" title={t('alarm.visit', { when: span(startsAt, endsAt) })}>
      <p>{t('alarm.visitText')}</p>
      <p>
        <Link to={`/receipt/${visitId}`}>{t('alarm.toVisit')}</Link>
      </p>
    </Notice>
  )
}

function FailedCanaries() {
  const { t } = useTranslation()
  const { call } = useSession()
  const load = useCallback(() => call('canaries', {}), [call])
  return (
    <>
      <Notice tone="bad" title={t('alarm.canary')}>
        <p>{t('alarm.canaryText')}</p>
      </Notice>
      <Loaded from={useResource(load)}>
        {({ runs }) => runs.map((run) => <CanaryRun key={run.mediaNode} run={run} />)}
      </Loaded>
    </>
  )
}

function CanaryRun({ run }: { run: Reply<'canaries'>['runs'][number] }) {
  const { t } = useTranslation()
  const { short } = useOffice()
  const { mediaNode, ranAt, isOk, checks } = run
  return (
    <section className="vv-stack vv-stack--close">
      <h3>{t('alarm.node', { name: mediaNode, when: short(ranAt) })}</h3>
      {!isOk && checks.length === 0 && <p>{t('alarm.noAnswer')}</p>}
      <ul>
        {checks.map((check) => (
          <li key={check.name}>
            {t(`alarm.check.${check.name}`)}{' '}
            <Tag tone={check.isOk ? 'good' : 'bad'}>
              {t(check.isOk ? 'alarm.held' : 'alarm.notHeld')}
            </Tag>
          </li>
        ))}
      </ul>
    </section>
  )
}
