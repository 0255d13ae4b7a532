import { Button, FailureNotice, Page, PageHeading, Panel, Progress } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useSession } from '../../session/session.ts'
import { NotFoundPage } from '../PlainPages.tsx'
import { usePolled } from '../host/use-polled.ts'
import { MailList } from './MailList.tsx'
import { MailMessage } from './MailMessage.tsx'
import type { Message } from './message.ts'

const REFRESH_MS = 5_000
const NEWEST = 100

/** In development only: mails and text messages that were not really sent, newest first. */
export function MailPage() {
  const { t } = useTranslation()
  const { call } = useSession()
  const load = useCallback(() => call('mailFolder', { query: { limit: NEWEST } }), [call])
  const { data, failure, reload } = usePolled(load, REFRESH_MS)
  if (failure === 'NOT_FOUND') return <NotFoundPage />
  return (
    <Page width="wide">
      <div className="vv-stack">
        <div className="vv-mail__head">
          <PageHeading>{t('mail.title')}</PageHeading>
          <Button look="secondary" isSmall onClick={reload}>
            {t('mail.refresh')}
          </Button>
        </div>
        <p className="vv-soft">{t('mail.intro')}</p>
        {failure !== null && <FailureNotice code={failure} onRetry={reload} />}
        {data === null && failure === null && <Progress />}
        {data !== null && <Folder messages={data.messages} />}
      </div>
    </Page>
  )
}

function Folder({ messages }: { messages: readonly Message[] }) {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const asked = search.get('message')
  const open = messages.find(({ messageId }) => messageId === asked) ?? null
  if (messages.length === 0) {
    return (
      <Panel>
        <p>{t('mail.empty')}</p>
      </Panel>
    )
  }
  return (
    <div className="vv-mail">
      <MailList messages={messages} openId={open?.messageId ?? null} />
      {open === null ? (
        <p className="vv-soft">{t('mail.choose')}</p>
      ) : (
        <MailMessage key={open.messageId} message={open} />
      )}
    </div>
  )
}
