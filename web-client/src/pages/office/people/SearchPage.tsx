import { Button, TextField } from '@visavis/ui'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { textOf } from '../../../forms/form-text.ts'
import { OfficeFrame } from '../parts/OfficeFrame.tsx'
import { FoundInmates, FoundVisitors } from './FoundPeople.tsx'

/** Visitors or inmates of the facility by name or number; whom, and what was typed, is in the address. */
export function SearchPage() {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const isInmates = params.get('who') === 'inmates'
  const query = params.get('query') ?? ''
  const search = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const text = textOf(new FormData(event.currentTarget), 'query').trim()
    setParams({ ...(isInmates ? { who: 'inmates' } : {}), ...(text === '' ? {} : { query: text }) })
  }
  return (
    <OfficeFrame title={t('officePeople.title')}>
      <WhoTabs isInmates={isInmates} query={query} />
      <form role="search" className="vv-filters vv-filters--search" onSubmit={search}>
        <TextField
          key={`${String(isInmates)} ${query}`}
          type="search"
          name="query"
          label={t(isInmates ? 'officePeople.queryInmates' : 'officePeople.queryVisitors')}
          defaultValue={query}
          action={<Button type="submit">{t('officePeople.search')}</Button>}
        />
      </form>
      {isInmates ? (
        <FoundInmates key={query} query={query} />
      ) : (
        <FoundVisitors key={query} query={query} />
      )}
    </OfficeFrame>
  )
}

function WhoTabs({ isInmates, query }: { isInmates: boolean; query: string }) {
  const { t } = useTranslation()
  const rest = query === '' ? '' : `query=${encodeURIComponent(query)}`
  return (
    <nav aria-label={t('officePeople.who')}>
      <ul className="vv-chips">
        <li>
          <Link
            className="vv-chip"
            to={`/office/search?${rest}`}
            aria-current={isInmates ? undefined : 'page'}
          >
            {t('officePeople.visitors')}
          </Link>
        </li>
        <li>
          <Link
            className="vv-chip"
            to={`/office/search?who=inmates&${rest}`}
            aria-current={isInmates ? 'page' : undefined}
          >
            {t('officePeople.inmates')}
          </Link>
        </li>
      </ul>
    </nav>
  )
}
