import { Button, FailureNotice, Progress, Tag } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Reply } from '../../api/api.ts'
import { useSession } from '../../session/session.ts'
import { usePages } from '../office/people/use-pages.ts'
import type { EntryFilter } from './filter-rules.ts'
import { useAuditWords } from './use-audit-words.ts'

type Entry = Reply<'auditEntries'>['items'][number]
type EntryListProps = { readonly log: string; readonly filter: EntryFilter }

/** The newest entries first; older ones when they are asked for. */
export function EntryList({ log, filter }: EntryListProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const asked = JSON.stringify(filter)
  const load = useCallback(
    (cursor: string | null) => {
      const query = { log, ...(JSON.parse(asked) as EntryFilter), ...(cursor ? { cursor } : {}) }
      return call('auditEntries', { query })
    },
    [call, log, asked],
  )
  const { items, phase, code, more } = usePages<Entry>(load)
  return (
    <>
      {items.length > 0 && <EntryTable log={log} items={items} />}
      {items.length === 0 && phase === 'ready' && <p className="vv-soft">{t('audit.empty')}</p>}
      {phase === 'loading' && <Progress />}
      {code !== null && <FailureNotice code={code} {...(more ? { onRetry: more } : {})} />}
      {more !== null && phase === 'ready' && (
        <Button look="secondary" onClick={more}>
          {t('audit.older')}
        </Button>
      )}
    </>
  )
}

function EntryTable({ log, items }: { log: string; items: readonly Entry[] }) {
  const { t } = useTranslation()
  return (
    <table className="vv-table vv-table--dense vv-table--cards">
      <thead>
        <tr>
          {(['seq', 'ts', 'actor', 'action', 'object', 'outcome'] as const).map((name) => (
            <th key={name} scope="col">
              {t(`audit.column.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((entry) => (
          <EntryRow key={entry.seq} log={log} entry={entry} />
        ))}
      </tbody>
    </table>
  )
}

function EntryRow({ log, entry }: { log: string; entry: Entry }) {
  const words = useAuditWords()
  const { seq, ts, actor, action, object, outcome } = entry
  return (
    <tr>
      <th scope="row">
        <Link to={`/audit/${log}/${seq}`}>{seq}</Link>
      </th>
      <td>{words.time(ts)}</td>
      <td>{words.actor(actor.type)}</td>
      <td>{action}</td>
      <td>{object.type}</td>
      <td>
        <Tag tone={words.tone(outcome)}>{words.outcome(outcome)}</Tag>
      </td>
    </tr>
  )
}
