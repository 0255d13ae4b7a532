import { Notice, SummaryList } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../api/api.ts'
import { auditExportUrl } from '../../api/paths.ts'
import { useAuditWords } from './use-audit-words.ts'

/** All logs that the auditor may read, and how they are looked after. */
export type AuditState = Reply<'auditLogs'>
type Log = AuditState['logs'][number]
type LogStateProps = { readonly all: AuditState; readonly log: Log }

/** What vouches for a log: checkpoints, their second place, witnesses, time stamps, and the last check of all of it. */
export function LogState({ all, log }: LogStateProps) {
  const { t } = useTranslation()
  const words = useAuditWords()
  const { checkpoint, verification } = log
  return (
    <section className="vv-stack vv-stack--near">
      <h2>{t('audit.state')}</h2>
      {verification !== null && verification.badSeq !== null && (
        <Notice tone="bad" title={t('audit.broken', { seq: verification.badSeq })}>
          <p>{t('audit.brokenText', { when: words.time(verification.checkedAt) })}</p>
        </Notice>
      )}
      <SummaryList
        rows={[
          { term: t('audit.size'), value: log.size },
          {
            term: t('audit.checkpoint'),
            value: checkpoint
              ? t('audit.signed', { size: checkpoint.size, when: words.time(checkpoint.signedAt) })
              : t('audit.unsigned'),
          },
          { term: t('audit.shipped'), value: useShipped(all, log) },
          { term: t('audit.witnesses'), value: <Witnesses log={log} /> },
          {
            term: t('audit.stamp'),
            value: all.isStamped
              ? t('audit.stamped', { when: all.lastStampAt ? words.time(all.lastStampAt) : '—' })
              : t('audit.notStamped'),
          },
          {
            term: t('audit.verification'),
            value: verification
              ? t(verification.badSeq === null ? 'audit.whole' : 'audit.notWhole', {
                  size: verification.size,
                  when: words.time(verification.checkedAt),
                })
              : t('audit.neverVerified'),
          },
        ]}
      />
      <p>
        <a href={auditExportUrl(log.log)} download>
          {t('audit.export')}
        </a>
      </p>
    </section>
  )
}

function useShipped({ isShipped }: AuditState, { checkpoint }: Log): string {
  const { t } = useTranslation()
  const words = useAuditWords()
  if (!isShipped) return t('audit.noPlace')
  const shippedAt = checkpoint?.shippedAt ?? null
  return shippedAt === null
    ? t('audit.notYetShipped')
    : t('audit.shippedAt', { when: words.time(shippedAt) })
}

function Witnesses({ log: { witnesses } }: { log: Log }) {
  const { t } = useTranslation()
  const words = useAuditWords()
  if (witnesses.length === 0) return <>{t('audit.noWitness')}</>
  return (
    <ul className="vv-list">
      {witnesses.map(({ witness, size, at }) => (
        <li key={witness}>{t('audit.witnessed', { witness, size, when: words.time(at) })}</li>
      ))}
    </ul>
  )
}
