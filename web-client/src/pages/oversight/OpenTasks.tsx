import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Reply } from '../../api/api.ts'
import { useOffice } from '../office/parts/use-office.ts'

type OpenTasksProps = { readonly tasks: Reply<'shift'>['openTasks'] }

/** What the office has still to do, by kind; whoever may decide goes there from here. */
export function OpenTasks({ tasks }: OpenTasksProps) {
  const { t } = useTranslation()
  const { isDesk } = useOffice()
  if (tasks.length === 0) return null
  return (
    <details className="vv-office__more">
      <summary>{t('oversight.shift.tasksByKind')}</summary>
      <ul className="vv-list vv-shift__tasks">
        {tasks.map(({ kind, count }) => (
          <li key={kind} className="vv-row">
            <strong className="vv-numbers">{count}</strong>
            <span>{t(`taskKind.${kind}`)}</span>
          </li>
        ))}
      </ul>
      {isDesk && (
        <p className="vv-no-print">
          <Link to="/office/inbox">{t('oversight.shift.toInbox')}</Link>
        </p>
      )}
    </details>
  )
}
