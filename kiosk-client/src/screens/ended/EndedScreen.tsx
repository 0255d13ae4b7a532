import type { VisitSnapshot } from '@visavis/contract/visit'
import { Button, ClockText, PageHeading, Panel, SummaryList } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { TerminalFrame } from '../../components/TerminalFrame.tsx'
import { useTerminal } from '../../flow/terminal.ts'

type EndedProps = { readonly snapshot: VisitSnapshot; readonly secondsLeft: number | null }

/** How the visit came out and how long the two really talked; then the terminal is free again. */
export function EndedScreen({ snapshot, secondsLeft }: EndedProps) {
  const { t } = useTranslation()
  const { tell } = useTerminal()
  const outcome = snapshot.outcome ?? 'unknown'
  const { deliveredMs, bookedMs } = snapshot.clock
  return (
    <TerminalFrame>
      <div className="vv-terminal__middle vv-stack">
        <div className="vv-stack vv-stack--close">
          <PageHeading>{t(`outcome.${outcome}.title`)}</PageHeading>
          <p>{t(`outcome.${outcome}.body`)}</p>
        </div>
        <Panel>
          <SummaryList
            rows={[
              { term: t('call.delivered'), value: <ClockText lengthMs={deliveredMs} /> },
              { term: t('call.booked'), value: <ClockText lengthMs={bookedMs} /> },
            ]}
          />
        </Panel>
        <div className="vv-row">
          <Button onClick={() => tell({ what: 'reset' })}>{t('ended.done')}</Button>
          {secondsLeft !== null && (
            <p className="vv-numbers">{t('ended.closes', { count: secondsLeft })}</p>
          )}
        </div>
      </div>
    </TerminalFrame>
  )
}
