import { FailureNotice, Panel, Progress } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../session/session.ts'
import { MoreButton } from '../office/parts/MoreButton.tsx'
import { OfficeFrame } from '../office/parts/OfficeFrame.tsx'
import { useEntryState } from '../office/parts/use-entry-state.ts'
import { usePages } from '../office/people/use-pages.ts'
import { RecordingTable } from './RecordingTable.tsx'
import { SearchForm } from './SearchForm.tsx'
import { filtersIn, isFiltered, isTurned } from './search-rules.ts'
import type { Filters } from './search-rules.ts'

const SHOWN = 25

/** Recorded visits of the facility, newest first; names are searched by, so that what is asked stands in no address. */
export function RecordingsPage() {
  const { t } = useTranslation()
  const [filters, keep] = useEntryState(filtersIn)
  return (
    <OfficeFrame title={t('recordings.title')}>
      <SearchForm filters={filters} onSearch={keep} />
      {!isTurned(filters) && <Found key={JSON.stringify(filters)} filters={filters} />}
    </OfficeFrame>
  )
}

function Found({ filters }: { filters: Filters }) {
  const { t } = useTranslation()
  const pages = useFound(filters)
  const { items, phase, code, more } = pages
  const isNone = phase === 'ready' && items.length === 0
  return (
    <section className="vv-stack vv-stack--near" aria-label={t('recordings.found')}>
      <p role="status" className="vv-soft">
        {phase === 'ready' && !isNone
          ? t(more ? 'recordings.countMore' : 'recordings.count', { count: items.length })
          : ''}
      </p>
      {isNone && <NothingFound wasFiltered={isFiltered(filters)} />}
      {items.length > 0 && <RecordingTable visits={items} />}
      {phase === 'loading' && <Progress />}
      {code !== null && <FailureNotice code={code} {...(more ? { onRetry: more } : {})} />}
      <MoreButton pages={pages} />
    </section>
  )
}

function useFound(filters: Filters) {
  const { call } = useSession()
  const asked = JSON.stringify(filters)
  return usePages(
    useCallback(
      (cursor: string | null) => {
        const body = { ...(JSON.parse(asked) as Filters), limit: SHOWN }
        return call('searchRecordings', {
          body: { ...body, ...(cursor === null ? {} : { cursor }) },
        })
      },
      [call, asked],
    ),
  )
}

function NothingFound({ wasFiltered }: { wasFiltered: boolean }) {
  const { t } = useTranslation()
  return (
    <Panel>
      <h2>{t(wasFiltered ? 'recordings.noneTitle' : 'recordings.emptyTitle')}</h2>
      <p className="vv-soft">{t(wasFiltered ? 'recordings.noneBody' : 'recordings.emptyBody')}</p>
    </Panel>
  )
}
