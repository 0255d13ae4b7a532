import { FailureNotice, Panel, Progress } from '@visavis/ui'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe, useSession } from '../../session/session.ts'
import { usePolled } from '../host/use-polled.ts'
import { OfficeFrame } from '../office/parts/OfficeFrame.tsx'
import { ExportCard } from './ExportCard.tsx'
import { isUnderWay } from './export-rules.ts'
import type { Export } from './export-rules.ts'

/** How often it is asked whether an archive is ready, and how often whether anything has changed. */
const BUSY_MS = 3_000
const IDLE_MS = 30_000

/** Recordings on their way out of the house: who asked, who decided, and until when they can be fetched. */
export function ExportsPage() {
  const { t } = useTranslation()
  const { role } = useMe()
  const { data, failure, reload } = useExports()
  return (
    <OfficeFrame title={t('exports.title')}>
      <p>{t(role === 'investigator' ? 'exports.introAsker' : 'exports.introDecider')}</p>
      {failure !== null && <FailureNotice code={failure} onRetry={reload} />}
      {data === null && failure === null && <Progress />}
      {data !== null && <Groups all={data.exports} onDone={reload} />}
    </OfficeFrame>
  )
}

function useExports() {
  const { call } = useSession()
  const [everyMs, setEveryMs] = useState(IDLE_MS)
  const load = useCallback(async () => {
    const answer = await call('exports', {})
    if (answer.ok) setEveryMs(answer.data.exports.some(isUnderWay) ? BUSY_MS : IDLE_MS)
    return answer
  }, [call])
  return usePolled(load, everyMs)
}

type GroupsProps = { readonly all: readonly Export[]; readonly onDone: () => void }

/** What waits for a decision comes first. */
function Groups({ all, onDone }: GroupsProps) {
  const { t } = useTranslation()
  const waiting = all.filter(({ state }) => state === 'ASKED')
  const others = all.filter(({ state }) => state !== 'ASKED')
  if (all.length === 0) {
    return (
      <Panel>
        <h2>{t('exports.emptyTitle')}</h2>
        <p className="vv-soft">{t('exports.emptyBody')}</p>
      </Panel>
    )
  }
  return (
    <>
      <Group title={t('exports.waiting')} items={waiting} onDone={onDone} />
      <Group title={t('exports.others')} items={others} onDone={onDone} />
    </>
  )
}

type GroupProps = {
  readonly title: string
  readonly items: readonly Export[]
  readonly onDone: () => void
}

function Group({ title, items, onDone }: GroupProps) {
  if (items.length === 0) return null
  return (
    <section className="vv-stack vv-stack--near">
      <h2>{title}</h2>
      <ul className="vv-list">
        {items.map((item) => (
          <li key={item.exportId}>
            <ExportCard item={item} onDone={onDone} />
          </li>
        ))}
      </ul>
    </section>
  )
}
