import { Panel, useResource } from '@visavis/ui'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { Reply } from '../../../api/api.ts'
import { useSession } from '../../../session/session.ts'
import { Done } from '../parts/Done.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { OfficeFrame } from '../parts/OfficeFrame.tsx'
import type { TaskKind } from '../parts/types.ts'
import { chipsOf, nextAfter } from './inbox-rules.ts'
import { TaskChips } from './TaskChips.tsx'
import { TaskList } from './TaskList.tsx'
import { TaskPanel } from './TaskPanel.tsx'

/** As many as the server gives at once; whoever has more decides the most urgent first anyway. */
const SHOWN = 100

/** What has to be decided, most urgent first: the list, and beside it the decision about one. */
export function InboxPage() {
  const { t } = useTranslation()
  const { call } = useSession()
  const [params] = useSearchParams()
  const kind = params.get('kind') as TaskKind | null
  const load = useCallback(
    () => call('tasks', { query: { limit: SHOWN, ...(kind === null ? {} : { kind }) } }),
    [call, kind],
  )
  return (
    <OfficeFrame title={t('officeInbox.title')}>
      <Loaded from={useResource(load)}>
        {(inbox, reload) => <Inbox inbox={inbox} kind={kind} reload={reload} />}
      </Loaded>
    </OfficeFrame>
  )
}

type InboxProps = {
  readonly inbox: Reply<'tasks'>
  readonly kind: TaskKind | null
  readonly reload: () => void
}

function Inbox({ inbox, kind, reload }: InboxProps) {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const [told, tell] = useState<string | null>(null)
  const open = inbox.items.find(({ taskId }) => taskId === params.get('task')) ?? null
  const finish = (words: string) => {
    const next = open && nextAfter(inbox.items, open.taskId)
    tell(words)
    setParams(paramsOf(kind, next), { replace: true })
    reload()
  }
  return (
    <>
      <TaskChips chips={chipsOf(inbox.counts)} chosen={kind} />
      <Done words={told} />
      {inbox.items.length === 0 ? (
        <Panel>
          <h2>{t(kind === null ? 'officeInbox.emptyTitle' : 'officeInbox.emptyKind')}</h2>
          <p className="vv-soft">{t('officeInbox.emptyBody')}</p>
        </Panel>
      ) : (
        <div className={open ? 'vv-inbox vv-inbox--open' : 'vv-inbox'}>
          <TaskList tasks={inbox.items} openId={open?.taskId ?? null} kind={kind} />
          {open ? (
            <TaskPanel key={open.taskId} task={open} kind={kind} onDone={finish} />
          ) : (
            <p className="vv-soft vv-inbox__hint">{t('officeInbox.choose')}</p>
          )}
        </div>
      )}
    </>
  )
}

function paramsOf(kind: TaskKind | null, taskId: string | null): Record<string, string> {
  return { ...(kind === null ? {} : { kind }), ...(taskId === null ? {} : { task: taskId }) }
}
