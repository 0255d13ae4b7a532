import type { ReactNode } from 'react'
import { Icon } from './Icon.tsx'
import type { IconName } from './Icon.tsx'

export type NoticeTone = 'plain' | 'good' | 'warn' | 'bad'

const TONE_ICON: Readonly<Record<NoticeTone, IconName>> = {
  plain: 'info',
  good: 'check',
  warn: 'alert',
  bad: 'alert',
}

type NoticeProps = {
  readonly tone?: NoticeTone
  readonly title?: string
  readonly icon?: IconName
  readonly children?: ReactNode
  /** Said aloud when it appears: `status` in its turn, `alert` at once. */
  readonly live?: 'status' | 'alert'
}

/** A boxed word to the reader, told by icon and words, never by colour alone. */
export function Notice({ tone = 'plain', title, icon, children, live }: NoticeProps) {
  return (
    <div className={`vv-notice vv-notice--${tone}`} role={live}>
      <Icon name={icon ?? TONE_ICON[tone]} />
      <div className="vv-notice__body">
        {title !== undefined && <p className="vv-notice__title">{title}</p>}
        {children}
      </div>
    </div>
  )
}
