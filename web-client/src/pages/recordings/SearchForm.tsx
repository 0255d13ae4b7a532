import { ANY_FLAG_CATEGORIES } from '@visavis/contract/flag-kinds'
import { Button, ErrorSummary, SelectField, TextField } from '@visavis/ui'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { OUTCOMES_LIST } from '../oversight/outcomes.ts'
import { fitting, isFiltered, isTurned } from './search-rules.ts'
import type { Filter, Filters, Typed } from './search-rules.ts'

type SearchFormProps = {
  readonly filters: Filters
  readonly onSearch: (filters: Filters) => void
}

/** What was typed since the last search; another search begins it anew. */
function useDraft(filters: Filters) {
  const asked = JSON.stringify(filters)
  const [state, set] = useState<{ asked: string; draft: Typed }>({ asked, draft: filters })
  if (state.asked !== asked) set({ asked, draft: filters })
  const write = (filter: Filter, text: string) =>
    set(({ draft }) => ({ asked, draft: { ...draft, [filter]: text } }))
  return { draft: state.draft, write }
}

/** What recordings can be searched by; each search is in the audit log, so it waits for the press. */
export function SearchForm({ filters, onSearch }: SearchFormProps) {
  const { t } = useTranslation()
  const [turns, setTurns] = useState(0)
  const { draft, write } = useDraft(filters)
  const search = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const next = fitting(draft)
    setTurns(isTurned(next) ? turns + 1 : 0)
    if (!isTurned(next)) onSearch(next)
  }
  const turned = turns > 0 ? t('recordings.turned') : null
  return (
    <form role="search" className="vv-stack vv-stack--near" noValidate onSubmit={search}>
      <ErrorSummary
        key={turns}
        problems={turned === null ? [] : [{ text: turned, fieldId: 'recordings-to' }]}
      />
      <div className="vv-fields">
        <TextFields draft={draft} write={write} error={turned} />
        <CodeFields draft={draft} write={write} />
      </div>
      <div className="vv-row">
        <Button type="submit">{t('recordings.search')}</Button>
        {isFiltered(filters) && (
          <Button look="secondary" onClick={() => onSearch({})}>
            {t('recordings.clear')}
          </Button>
        )}
        <span className="vv-soft vv-small">{t('recordings.searchNoted')}</span>
      </div>
    </form>
  )
}

type FieldsProps = {
  readonly draft: Typed
  readonly write: (filter: Filter, text: string) => void
}

const TEXT_FIELDS = [
  ['from', 'date'],
  ['to', 'date'],
  ['inmate', 'search'],
  ['visitor', 'search'],
  ['text', 'search'],
] as const

function TextFields({ draft, write, error }: FieldsProps & { error: string | null }) {
  const { t } = useTranslation()
  return TEXT_FIELDS.map(([filter, type]) => (
    <TextField
      key={filter}
      type={type}
      name={filter}
      fieldId={`recordings-${filter}`}
      label={t(`recordings.filter.${filter}`)}
      maxLength={100}
      error={filter === 'to' ? error : null}
      value={draft[filter] ?? ''}
      onChange={({ target }) => write(filter, target.value)}
    />
  ))
}

function CodeFields({ draft, write }: FieldsProps) {
  const { t } = useTranslation()
  const any = { value: '', label: t('recordings.any') }
  const flags = ANY_FLAG_CATEGORIES.map((value) => ({
    value,
    label: t(`coverage.categoryOf.${value}`),
  }))
  const outcomes = OUTCOMES_LIST.map((value) => ({ value, label: t(`outcomeShort.${value}`) }))
  return (
    <>
      <SelectField
        label={t('recordings.filter.flag')}
        value={draft.flag ?? ''}
        options={[any, ...flags]}
        onChoose={(value) => write('flag', value)}
      />
      <SelectField
        label={t('recordings.filter.outcome')}
        value={draft.outcome ?? ''}
        options={[any, ...outcomes]}
        onChoose={(value) => write('outcome', value)}
      />
    </>
  )
}
