import { Tag, clockTime, ownZone, shortDate } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Message } from './message.ts'

type MailListProps = {
  readonly messages: readonly Message[]
  readonly openId: string | null
}

/** Every message with whom it went to and when; the open one is marked. */
export function MailList({ messages, openId }: MailListProps) {
  const { t } = useTranslation()
  return (
    <nav aria-label={t('mail.list')}>
      <ul className="vv-mail__list">
        {messages.map((message) => (
          <li key={message.messageId}>
            <Link
              to={`?message=${encodeURIComponent(message.messageId)}`}
              className="vv-mail__line"
              aria-current={message.messageId === openId ? 'true' : undefined}
            >
              <span className="vv-mail__subject">
                {message.subject === '' ? message.text.split('\n', 1)[0] : message.subject}
              </span>
              <span className="vv-small">
                <Tag>{t(`mail.channel.${message.channel}`)}</Tag> {message.to}
              </span>
              <SentAt instant={message.sentAt} />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** By the reader's own clock. */
export function SentAt({ instant }: { instant: string }) {
  const { i18n } = useTranslation()
  const own = { language: i18n.language, timeZone: ownZone() }
  return (
    <time dateTime={instant} className="vv-small vv-numbers">
      {shortDate(instant, own)}, {clockTime(instant, own)}
    </time>
  )
}
