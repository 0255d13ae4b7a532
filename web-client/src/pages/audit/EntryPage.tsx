import { Panel, SummaryList, Tag, useResource } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { Reply } from '../../api/api.ts'
import { auditProofUrl } from '../../api/paths.ts'
import { useSession } from '../../session/session.ts'
import { Loaded } from '../office/parts/Loaded.tsx'
import { OfficeFrame } from '../office/parts/OfficeFrame.tsx'
import { useAuditWords } from './use-audit-words.ts'

type Entry = Reply<'auditEntry'>

/** One entry: what it says, why the act was allowed, and a proof to take away (TR-2). */
export function EntryPage() {
  const { t } = useTranslation()
  const { call } = useSession()
  const { log = '', seq = '' } = useParams()
  const load = useCallback(() => call('auditEntry', { params: { log, seq } }), [call, log, seq])
  return (
    <OfficeFrame title={t('audit.entryTitle', { seq })} back={`/audit/${log}`}>
      <Loaded from={useResource(load)}>{(entry) => <WholeEntry log={log} entry={entry} />}</Loaded>
    </OfficeFrame>
  )
}

function WholeEntry({ log, entry }: { log: string; entry: Entry }) {
  const { t } = useTranslation()
  const words = useAuditWords()
  const { seq, ts, actor, action, outcome } = entry
  const who = words.actor(actor.type)
  const sentence = t(`audit.sentence.${outcome}`, { who, action, when: words.time(ts) })
  return (
    <>
      <p>{sentence}</p>
      <Facts log={log} entry={entry} />
      <Why entry={entry} />
      <Panel>
        <div className="vv-stack vv-stack--close">
          <h2>{t('audit.proof')}</h2>
          <p>{t('audit.proofText')}</p>
          <p>
            <a href={auditProofUrl(log, seq)} download>
              {t('audit.proofFile')}
            </a>
          </p>
        </div>
      </Panel>
      <section className="vv-stack vv-stack--close">
        <h2>{t('audit.text')}</h2>
        <pre className="vv-audit__text" tabIndex={0}>
          {entry.text}
        </pre>
        <p className="vv-soft">SHA-256: {entry.hash}</p>
      </section>
    </>
  )
}

function Facts({ log, entry }: { log: string; entry: Entry }) {
  const { t } = useTranslation()
  const words = useAuditWords()
  const { actor, action, object, outcome, reason, requestId, detail } = entry
  const to = (name: string, value: string) => (
    <Link to={`/audit/${log}?${name}=${encodeURIComponent(value)}`}>{value}</Link>
  )
  return (
    <SummaryList
      rows={[
        {
          term: t('audit.column.outcome'),
          value: <Tag tone={words.tone(outcome)}>{words.outcome(outcome)}</Tag>,
        },
        {
          term: t('audit.column.actor'),
          value: (
            <>
              {words.actor(actor.type)}: {to('actor', actor.actorId)}
            </>
          ),
        },
        { term: t('audit.column.action'), value: to('action', action) },
        {
          term: t('audit.column.object'),
          value: (
            <>
              {object.type}: {to('object', object.objectId)}
            </>
          ),
        },
        ...(object.visitId === null
          ? []
          : [{ term: t('audit.filter.visit'), value: to('visit', object.visitId) }]),
        ...(reason === null ? [] : [{ term: t('audit.reason'), value: reason }]),
        ...(requestId === null ? [] : [{ term: t('audit.request'), value: requestId }]),
        ...detail.map(({ name, value }) => ({ term: name, value })),
      ]}
    />
  )
}

/** The rule, whom it lets in, what bound the actor to the facility, and the visit's class. */
function Why({ entry: { why, actor } }: { entry: Entry }) {
  const { t } = useTranslation()
  const words = useAuditWords()
  const roles = why.roles.map(words.actor).join(', ')
  return (
    <section className="vv-stack vv-stack--close">
      <h2>{t('audit.why')}</h2>
      <ul className="vv-bullets">
        <li>
          {why.rule === null
            ? t(why.reach === 'SYSTEM' ? 'audit.bySystem' : 'audit.noRule')
            : t('audit.rule', { rule: why.rule })}
        </li>
        {why.roles.length > 0 && (
          <li>{t('audit.roles', { roles, who: words.actor(actor.type) })}</li>
        )}
        {why.reach !== null && <li>{t(`audit.reach.${why.reach}`)}</li>}
        {why.visitClass !== null && <li>{t(`audit.class.${why.visitClass}`)}</li>}
      </ul>
    </section>
  )
}
