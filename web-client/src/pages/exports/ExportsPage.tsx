import { Button, FailureNotice, Panel, Progress } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../session/session.ts'
import { OfficeFrame } from '../office/parts/OfficeFrame.tsx'
import { ExportCard } from './ExportCard.tsx'
import { useExports } from './use-exports.ts'
import type { Exports } from './use-exports.ts'

/** Recordings on their way out of the house: who asked, who decided, and until when they can be fetched. */
export function ExportsPage() {
  const { t } = useTranslation()
  const { role } = useMe()
  const waiting = useExports('true')
  const others = useExports('false')
  const reload = () => {
    waiting.reload()
    others.reload()
  }
  const failure = waiting.failure ?? others.failure
  const isNone = isEmpty(waiting) && isEmpty(others)
  const isLoading = waiting.data === null || others.data === null
  return (
    <OfficeFrame title={t('exports.title')}>
      <p>{t(role === 'investigator' ? 'exports.introAsker' : 'exports.introDecider')}</p>
      {failure !== null && <FailureNotice code={failure} onRetry={reload} />}
      {isLoading && failure === null && <Progress />}
      {isNone && (
        <Panel>
          <h2>{t('exports.emptyTitle')}</h2>
          <p className="vv-soft">{t('exports.emptyBody')}</p>
        </Panel>
      )}
      {/* What waits for a decision comes first. */}
      <Group title={t('exports.waiting')} exports={waiting} onDone={reload} />
      <Group title={t('exports.others')} exports={others} onDone={reload} />
    </OfficeFrame>
  )
}

/** Loaded, and there are none. */
const isEmpty = ({ data }: Exports): boolean => data?.items.length === 0

type GroupProps = {
  readonly title: string
  readonly exports: Exports
  readonly onDone: () => void
}

function Group({ title, exports, onDone }: GroupProps) {
  const { t } = useTranslation()
  const { data, more } = exports
  if (data === null || data.items.length === 0) return null
  return (
    <section className="vv-stack vv-stack--near" aria-label={title}>
      <h2>{title}</h2>
      <ul className="vv-list">
        {data.items.map((item) => (
          <li key={item.exportId}>
            <ExportCard item={item} onDone={onDone} />
          </li>
        ))}
      </ul>
      {more !== null && (
        <div>
          <Button look="secondary" onClick={more}>
            {t('common.more')}
          </Button>
        </div>
      )}
    </section>
  )
}
