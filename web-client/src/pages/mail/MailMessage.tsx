import { Panel, buttonClass } from '@visavis/ui'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SentAt } from './MailList.tsx'
import { mimeTypeOf, partsOf } from './message.ts'
import type { Attachment, Message } from './message.ts'

/** One message as its reader would get it. */
export function MailMessage({ message }: { message: Message }) {
  const { t } = useTranslation()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <Panel as="article">
      <div className="vv-stack vv-stack--near">
        <h2 ref={heading} tabIndex={-1}>
          {message.subject === '' ? t(`mail.channel.${message.channel}`) : message.subject}
        </h2>
        <p className="vv-soft">
          {t('mail.to', { address: message.to })} · <SentAt instant={message.sentAt} />
        </p>
        <p className="vv-mail__text">
          {partsOf(message.text).map(({ text, isLink }, index) =>
            isLink ? (
              // The parts of a text have no name but their place.
              <a key={index} href={text}>
                {text}
              </a>
            ) : (
              text
            ),
          )}
        </p>
        {message.attachments.map((attachment) => (
          <p key={attachment.name}>
            <AttachmentLink attachment={attachment} />
          </p>
        ))}
      </div>
    </Panel>
  )
}

function AttachmentLink({ attachment }: { attachment: Attachment }) {
  const { t } = useTranslation()
  const [url] = useState(() =>
    URL.createObjectURL(new Blob([attachment.text], { type: mimeTypeOf(attachment) })),
  )
  useEffect(() => () => URL.revokeObjectURL(url), [url])
  return (
    <a href={url} download={attachment.name} className={buttonClass({ look: 'secondary' })}>
      {t('mail.download', { name: attachment.name })}
    </a>
  )
}
