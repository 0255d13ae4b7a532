import { Button, TextField } from '@visavis/ui'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { textOf } from '../../../forms/form-text.ts'
import { OfficeFrame } from '../parts/OfficeFrame.tsx'
import { useEntryState } from '../parts/use-entry-state.ts'
import { FoundInmates, FoundVisitors } from './FoundPeople.tsx'

type Typed = { readonly query: string }

function typedIn(kept: unknown): Typed {
  const isTyped = typeof kept === 'object' && kept !== null && 'query' in kept
  return { query: isTyped && typeof kept.query === 'string' ? kept.query : '' }
}

/** Visitors or inmates of the facility by name or number; which is in the address, what was typed is not. */
export function SearchPage() {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const isInmates = params.get('who') === 'inmates'
  const [{ query }, keep] = useEntryState(typedIn)
  const search = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    keep({ query: textOf(new FormData(event.currentTarget), 'query').trim() })
  }
  return (
    <OfficeFrame title={t('officePeople.title')}>
      <WhoTabs isInmates={isInmates} typed={{ query }} />
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

function WhoTabs({ isInmates, typed }: { isInmates: boolean; typed: Typed }) {
  const { t } = useTranslation()
  return (
    <nav aria-label={t('officePeople.who')}>
      <ul className="vv-chips">
        <li>
          <Link
            className="vv-chip"
            to="/office/search"
            state={typed}
            aria-current={isInmates ? undefined : 'page'}
          >
            {t('officePeople.visitors')}
          </Link>
        </li>
        <li>
          <Link
            className="vv-chip"
            to="/office/search?who=inmates"
            state={typed}
            aria-current={isInmates ? 'page' : undefined}
          >
            {t('officePeople.inmates')}
          </Link>
        </li>
      </ul>
    </nav>
  )
}
