import { FailureNotice, Notice, PageHeading, Panel, Progress, Tag, localeOf } from '@visavis/ui'
import type { TagTone } from '@visavis/ui'
import type { PartState } from '@visavis/contract/http'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../api/api.ts'
import { useSession } from '../../session/session.ts'
import { AccountPage } from '../AccountPage.tsx'
import { usePolled } from '../host/use-polled.ts'
import { restOf, troublesOf } from './operations-rules.ts'

/** As often as the server looks by itself. */
const REFRESH_MS = 15_000
const TONES: Readonly<Record<PartState, TagTone>> = {
  OK: 'good',
  WARN: 'warn',
  BAD: 'bad',
  OFF: 'plain',
}

type Part = Reply<'operations'>['parts'][number]

/** What the service stands on: what is wrong with it, since when, and what to do. */
export function OperationsPage() {
  const { t } = useTranslation()
  const { call } = useSession()
  const seen = usePolled(
    useCallback(() => call('operations', {}), [call]),
    REFRESH_MS,
  )
  return (
    <AccountPage width="wide">
      <div className="vv-stack">
        <PageHeading>{t('operations.title')}</PageHeading>
        {seen.failure !== null && (
          <FailureNotice code={seen.failure} onRetry={seen.reload}>
            <p>{t('operations.cannotAsk')}</p>
          </FailureNotice>
        )}
        {seen.data === null && seen.failure === null && <Progress />}
        {seen.data !== null && <Parts parts={seen.data.parts} checkedAt={seen.data.checkedAt} />}
      </div>
    </AccountPage>
  )
}

function Parts({ parts, checkedAt }: { parts: readonly Part[]; checkedAt: string }) {
  const { t } = useTranslation()
  const when = useWhen()
  const troubles = troublesOf(parts)
  return (
    <>
      <p className="vv-soft">{t('operations.checkedAt', { when: when(checkedAt) })}</p>
      {troubles.length === 0 && <Notice tone="good" title={t('operations.allWell')} />}
      {troubles.map((part) => (
        <Trouble key={part.part} part={part} />
      ))}
      <Panel as="section">
        <h2>{t('operations.rest')}</h2>
        <dl className="vv-summary">
          {restOf(parts).map((part) => (
            <div key={part.part} className="vv-summary__row">
              <dt>{t(`operations.parts.${part.part}`)}</dt>
              <dd>
                <Tag tone={TONES[part.state]}>{t(`operations.states.${part.state}`)}</Tag>
                {part.reason !== null && (
                  <p className="vv-soft">
                    {t(`operations.reasons.${part.reason}.what`, part.figures)}
                  </p>
                )}
              </dd>
            </div>
          ))}
        </dl>
      </Panel>
    </>
  )
}

function Trouble({ part: { part, state, reason, since, figures } }: { part: Part }) {
  const { t } = useTranslation()
  const when = useWhen()
  return (
    <Panel as="section">
      <div className="vv-stack vv-stack--close">
        <h2>{t(`operations.parts.${part}`)}</h2>
        <p className="vv-row">
          <Tag tone={TONES[state]}>{t(`operations.states.${state}`)}</Tag>
          <span className="vv-soft">{t('operations.since', { when: when(since) })}</span>
        </p>
        {reason !== null && (
          <>
            <p>
              <strong>{t(`operations.reasons.${reason}.what`, figures)}</strong>
            </p>
            <p>{t(`operations.reasons.${reason}.cure`, figures)}</p>
          </>
        )}
      </div>
    </Panel>
  )
}

/** An instant in the reader's own zone and language. */
function useWhen(): (instant: string) => string {
  const { i18n } = useTranslation()
  return (instant) =>
    new Intl.DateTimeFormat(localeOf(i18n.language), {
      dateStyle: 'medium',
      timeStyle: 'medium',
    }).format(new Date(instant))
}
