import type { ReactNode } from 'react'
import type { SessionState } from '@visavis/contract/session-lifecycle'
import { useTranslation } from 'react-i18next'

export type TagTone = 'plain' | 'action' | 'good' | 'warn' | 'bad'

/** A short state in words. */
export function Tag({ tone = 'plain', children }: { tone?: TagTone; children: ReactNode }) {
  return <span className={`vv-tag vv-tag--${tone}`}>{children}</span>
}

const STATE_TONE: Readonly<Record<SessionState, TagTone>> = {
  SCHEDULED: 'plain',
  LOBBY: 'action',
  ID_CHECK: 'warn',
  READY: 'action',
  LIVE: 'good',
  PAUSED: 'warn',
  RECONNECTING: 'warn',
  MISSING_MONITOR: 'warn',
  ENDED: 'plain',
}

/** The state of a visit, in words. */
export function StateTag({ state }: { state: SessionState }) {
  const { t } = useTranslation()
  return <Tag tone={STATE_TONE[state]}>{t(`session.${state}`)}</Tag>
}
