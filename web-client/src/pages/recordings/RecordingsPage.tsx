import { FailureNotice, Panel, Progress } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useSession } from '../../session/session.ts'
import { MoreButton } from '../office/parts/MoreButton.tsx'
import { OfficeFrame } from '../office/parts/OfficeFrame.tsx'
import { usePages } from '../office/people/use-pages.ts'
import { RecordingTable } from './RecordingTable.tsx'
import { SearchForm } from './SearchForm.tsx'
import { filtersIn, isTurned } from './search-rules.ts'
import type { Filters } from './search-rules.ts'

const SHOWN = 25

/** Recorded visits of the facility, newest first; what is searched by stands in the address. */
export function RecordingsPage() {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const filters = filtersIn(params)
  return (
    <OfficeFrame title={t('recordings.title')}>
      <SearchForm filters={filters} onSearch={(next) => setParams({ ...next })} />
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
      {isNone && <NothingFound isFiltered={Object.keys(filters).length > 0} />}
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
        const query = { ...(JSON.parse(asked) as Filters), limit: SHOWN }
        return call('searchRecordings', {
          query: { ...query, ...(cursor === null ? {} : { cursor }) },
        })
      },
      [call, asked],
    ),
  )
}

function NothingFound({ isFiltered }: { isFiltered: boolean }) {
  const { t } = useTranslation()
  return (
    <Panel>
      <h2>{t(isFiltered ? 'recordings.noneTitle' : 'recordings.emptyTitle')}</h2>
      <p className="vv-soft">{t(isFiltered ? 'recordings.noneBody' : 'recordings.emptyBody')}</p>
    </Panel>
  )
}
