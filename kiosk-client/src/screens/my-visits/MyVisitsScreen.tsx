import { Button, FailureNotice, PageHeading, Progress, useNow, useResource } from '@visavis/ui'
import type { Resource } from '@visavis/ui'
import type { Reply } from '@visavis/ui/api/api.ts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { callApi } from '../../api/call-api.ts'
import { TerminalFrame } from '../../components/TerminalFrame.tsx'
import type { SignedInInmate } from '../../flow/screens.ts'
import { useLocalTime, useTerminal } from '../../flow/terminal.ts'
import { VisitLine } from './VisitLine.tsx'
import { visitsToday } from './visits-today.ts'

/** Today's visits of whoever signed in. */
export function MyVisitsScreen({ inmate }: { inmate: SignedInInmate }) {
  const { t } = useTranslation()
  const { tell } = useTerminal()
  const load = useCallback(async () => {
    const result = await callApi('terminalVisits', {})
    if (!result.ok) tell({ what: 'requestFailed', code: result.code })
    return result
  }, [tell])
  return (
    <TerminalFrame>
      <div className="vv-terminal__column vv-stack">
        <div className="vv-row vv-my-visits__head">
          <PageHeading>{t('myVisits.title', { name: inmate.displayName })}</PageHeading>
          <Button look="secondary" onClick={() => tell({ what: 'reset' })}>
            {t('myVisits.signOut')}
          </Button>
        </div>
        <Visits visits={useResource(load)} />
      </div>
    </TerminalFrame>
  )
}

function Visits({ visits }: { visits: Resource<Reply<'terminalVisits'>> }) {
  const { t } = useTranslation()
  const { timeZone } = useLocalTime()
  const nowMs = useNow()
  if (visits.phase === 'loading') return <Progress />
  if (visits.phase === 'failed') {
    return <FailureNotice code={visits.code} onRetry={visits.reload} />
  }
  const today = visitsToday(visits.data.visits, { nowMs, timeZone })
  if (today.length === 0) return <p>{t('myVisits.none')}</p>
  return (
    <ul className="vv-list">
      {today.map(({ visit, moment }) => (
        <li key={visit.visitId}>
          <VisitLine visit={visit} moment={moment} />
        </li>
      ))}
    </ul>
  )
}
