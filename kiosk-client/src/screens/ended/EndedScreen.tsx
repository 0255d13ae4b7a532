import type { VisitSnapshot } from '@visavis/contract/visit'
import {
  Button,
  ClockText,
  PageHeading,
  Panel,
  Progress,
  SummaryList,
  useResource,
} from '@visavis/ui'
import { VisitStatement } from '@visavis/ui/visit/VisitStatement.tsx'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { callApi } from '../../api/call-api.ts'
import { TerminalFrame } from '../../components/TerminalFrame.tsx'
import { useLocalTime, useTerminal } from '../../flow/terminal.ts'

type EndedProps = { readonly snapshot: VisitSnapshot; readonly secondsLeft: number | null }

/** How the visit came out and how long the two really talked; then the terminal is free again. */
export function EndedScreen({ snapshot, secondsLeft }: EndedProps) {
  const { t } = useTranslation()
  const { tell } = useTerminal()
  const outcome = snapshot.outcome ?? 'unknown'
  return (
    <TerminalFrame>
      <div className="vv-two vv-two--statement">
        <div className="vv-stack">
          <div className="vv-stack vv-stack--close">
            <PageHeading>{t(`outcome.${outcome}.title`)}</PageHeading>
            <p>{t(`outcome.${outcome}.body`)}</p>
          </div>
          <div className="vv-row">
            <Button onClick={() => tell({ what: 'reset' })}>{t('ended.done')}</Button>
            {secondsLeft !== null && (
              <p className="vv-numbers">{t('ended.closes', { count: secondsLeft })}</p>
            )}
          </div>
        </div>
        <Panel>
          <Statement snapshot={snapshot} />
        </Panel>
      </div>
    </TerminalFrame>
  )
}

/** What it came to; where that cannot be fetched, at least how long the two talked. */
function Statement({ snapshot }: { snapshot: VisitSnapshot }) {
  const { t } = useTranslation()
  const { timeZone } = useLocalTime()
  const { visitId, clock } = snapshot
  const statement = useResource(
    useCallback(() => callApi('terminalVisitReceipt', { params: { visitId } }), [visitId]),
  )
  if (statement.phase === 'loading') return <Progress />
  if (statement.phase === 'ready') {
    return (
      <div className="vv-stack vv-stack--near">
        <h2>{t('statement.title')}</h2>
        <VisitStatement statement={statement.data} timeZone={timeZone} />
      </div>
    )
  }
  return (
    <SummaryList
      rows={[
        { term: t('call.delivered'), value: <ClockText lengthMs={clock.deliveredMs} /> },
        { term: t('call.booked'), value: <ClockText lengthMs={clock.bookedMs} /> },
      ]}
    />
  )
}
