import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { TaskKind } from '../parts/types.ts'
import type { Chip } from './inbox-rules.ts'

type TaskChipsProps = { readonly chips: readonly Chip[]; readonly chosen: TaskKind | null }

/** Filters by kind, each with how much is open and how much is late. */
export function TaskChips({ chips, chosen }: TaskChipsProps) {
  const { t } = useTranslation()
  return (
    <nav aria-label={t('officeInbox.filters')}>
      <ul className="vv-chips">
        {chips.map(({ kind, open, late }) => (
          <li key={kind ?? 'all'}>
            <Link
              className="vv-chip"
              to={kind === null ? '/office/inbox' : `/office/inbox?kind=${kind}`}
              aria-current={kind === chosen ? 'page' : undefined}
            >
              {kind === null ? t('officeInbox.all') : t(`taskKind.${kind}`)}{' '}
              <strong className="vv-numbers">{open}</strong>
              {late > 0 && (
                <span className="vv-chip__late">{t('officeInbox.lateCount', { count: late })}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
