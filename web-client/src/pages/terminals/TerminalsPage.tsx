import { FailureNotice, PageHeading, Panel, Progress, useResource } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../session/session.ts'
import { AccountPage } from '../AccountPage.tsx'
import { TerminalTable } from './TerminalTable.tsx'

/** Terminals of the facility and the codes that turn a device into one. */
export function TerminalsPage() {
  const { t } = useTranslation()
  return (
    <AccountPage>
      <div className="vv-stack vv-wide">
        <PageHeading>{t('terminals.title')}</PageHeading>
        <TerminalList />
      </div>
    </AccountPage>
  )
}

function TerminalList() {
  const { t } = useTranslation()
  const { call } = useSession()
  const list = useResource(useCallback(() => call('listTerminals', {}), [call]))
  if (list.phase === 'loading') return <Progress />
  if (list.phase === 'failed') return <FailureNotice code={list.code} onRetry={list.reload} />
  if (list.data.terminals.length > 0) return <TerminalTable terminals={list.data.terminals} />
  return (
    <Panel>
      <h2>{t('terminals.emptyTitle')}</h2>
      <p className="vv-soft">{t('terminals.emptyBody')}</p>
    </Panel>
  )
}
