import { Tag, untilInWords, useNow } from '@visavis/ui'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Task, TaskKind } from '../parts/types.ts'
import { useOffice } from '../parts/use-office.ts'
import { rowAfterKey } from './inbox-rules.ts'

type TaskListProps = {
  readonly tasks: readonly Task[]
  readonly openId: string | null
  readonly kind: TaskKind | null
}

/** The open tasks; `j` and `k` go down and up from anywhere on the page, Enter opens. */
export function TaskList({ tasks, openId, kind }: TaskListProps) {
  const { t } = useTranslation()
  const list = useRef<HTMLOListElement>(null)
  useTaskKeys(list)
  return (
    <div className="vv-inbox__list">
      <p className="vv-soft vv-small vv-inbox__keys">{t('officeInbox.keys')}</p>
      <ol ref={list} className="vv-tasks">
        {tasks.map((task) => (
          <li key={task.taskId}>
            <TaskRow task={task} isOpen={task.taskId === openId} kind={kind} />
          </li>
        ))}
      </ol>
    </div>
  )
}

function TaskRow({ task, isOpen, kind }: { task: Task; isOpen: boolean; kind: TaskKind | null }) {
  const { t, i18n } = useTranslation()
  const nowMs = useNow()
  const { short } = useOffice()
  const filter = kind === null ? '' : `kind=${kind}&`
  const due = untilInWords(nowMs, new Date(task.dueAt).getTime(), i18n.language)
  return (
    <Link
      className="vv-task"
      to={`/office/inbox?${filter}task=${task.taskId}`}
      aria-current={isOpen ? 'true' : undefined}
    >
      <span className="vv-task__top">
        <strong>{t(`taskKind.${task.kind}`)}</strong>
        {task.isLate && <Tag tone="bad">{t('officeInbox.late')}</Tag>}
      </span>
      <span>{peopleOf(task) || t('officeInbox.nobody')}</span>
      <span className="vv-soft vv-small">
        {task.visit && `${t('officeInbox.visitAt', { when: short(task.visit.startsAt) })} · `}
        <span className="vv-together">{t('officeInbox.due', { when: due })}</span>
      </span>
    </Link>
  )
}

function peopleOf({ visitor, inmate, terminal }: Task): string {
  return [visitor?.name, inmate?.name, visitor || inmate ? undefined : terminal?.name]
    .filter((name) => name !== undefined)
    .join(' → ')
}

/** Not while something is typed, a dialog stands over the page, or the browser is meant. */
function isElsewhere({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey) return true
  return target instanceof HTMLElement && target.closest('input,textarea,select,dialog') !== null
}

function useTaskKeys(list: { readonly current: HTMLOListElement | null }): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isElsewhere(event) || !['j', 'k'].includes(event.key)) return
      const rows = [...(list.current?.querySelectorAll<HTMLElement>('.vv-task') ?? [])]
      const focused = rows.findIndex((row) => row === document.activeElement)
      const open = rows.findIndex((row) => row.ariaCurrent === 'true')
      const row = rowAfterKey(event.key, focused >= 0 ? focused : open, rows.length)
      if (row !== null) rows[row]?.focus()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [list])
}
