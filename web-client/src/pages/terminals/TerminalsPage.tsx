import { FailureNotice, PageHeading, Panel, Progress, useNow } from '@visavis/ui'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../session/session.ts'
import { AccountPage } from '../AccountPage.tsx'
import { usePolled } from '../host/use-polled.ts'
import { TerminalTable } from './TerminalTable.tsx'
import { TERMINAL_FILTERS, filtered } from './terminal-rules.ts'
import type { Terminal, TerminalFilter } from './terminal-rules.ts'

/** Half of a terminal's beat: what is seen here is never much older than what was told. */
const REFRESH_MS = 15_000

/** Terminals of the facility: how they fare, what may be done to them, and their codes. */
export function TerminalsPage() {
  const { t } = useTranslation()
  return (
    <AccountPage width="wide">
      <div className="vv-stack">
        <PageHeading>{t('terminals.title')}</PageHeading>
        <TerminalList />
      </div>
    </AccountPage>
  )
}

function TerminalList() {
  const { t } = useTranslation()
  const { call } = useSession()
  const list = usePolled(
    useCallback(() => call('listTerminals', {}), [call]),
    REFRESH_MS,
  )
  if (list.data === null) {
    return list.failure === null ? (
      <Progress />
    ) : (
      <FailureNotice code={list.failure} onRetry={list.reload} />
    )
  }
  const { terminals } = list.data
  if (terminals.length > 0) return <Filtered terminals={terminals} onChanged={list.reload} />
  return (
    <Panel>
      <h2>{t('terminals.emptyTitle')}</h2>
      <p className="vv-soft">{t('terminals.emptyBody')}</p>
    </Panel>
  )
}

type FilteredProps = { readonly terminals: readonly Terminal[]; readonly onChanged: () => void }

function Filtered({ terminals, onChanged }: FilteredProps) {
  const { t } = useTranslation()
  const [filter, setFilter] = useState<TerminalFilter>('ALL')
  const nowMs = useNow()
  const shown = filtered(terminals, filter, nowMs)
  return (
    <>
      <div className="vv-chips" role="group" aria-label={t('terminalCare.filter')}>
        {TERMINAL_FILTERS.map((each) => (
          <button
            key={each}
            type="button"
            className="vv-chip"
            aria-pressed={each === filter}
            onClick={() => setFilter(each)}
          >
            {t(`terminalCare.filters.${each}`, { count: filtered(terminals, each, nowMs).length })}
          </button>
        ))}
      </div>
      {shown.length === 0 && <p className="vv-soft">{t('terminalCare.none')}</p>}
      <TerminalTable terminals={shown} onChanged={onChanged} />
    </>
  )
}
