import { Button, TextField } from '@visavis/ui'
import { useId } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { searchOf } from './filter-rules.ts'

const OUTCOMES = ['allow', 'deny', 'error'] as const
const TEXTS = ['actor', 'action', 'object', 'visit'] as const
const DAYS = ['from', 'to'] as const

/** Asks for some of the entries; what is asked stands in the address, so that it can be kept and gone back to. */
export function EntryFilters({ log }: { log: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    void navigate(`/audit/${log}?${searchOf(new FormData(event.currentTarget))}`)
  }
  return (
    <form className="vv-stack vv-stack--near" role="search" onSubmit={submit}>
      <div className="vv-audit__filters">
        {TEXTS.map((name) => (
          <TextField
            key={name}
            name={name}
            label={t(`audit.filter.${name}`)}
            defaultValue={search.get(name) ?? ''}
            autoComplete="off"
            spellCheck={false}
          />
        ))}
        <OutcomeField chosen={search.get('outcome') ?? ''} />
        {DAYS.map((name) => (
          <TextField
            key={name}
            name={name}
            type="date"
            label={t(`audit.filter.${name}`)}
            defaultValue={search.get(name) ?? ''}
          />
        ))}
      </div>
      <div className="vv-row">
        <Button type="submit">{t('audit.search')}</Button>
        <Link to={`/audit/${log}`}>{t('audit.all')}</Link>
      </div>
    </form>
  )
}

function OutcomeField({ chosen }: { chosen: string }) {
  const { t } = useTranslation()
  const outcomeId = useId()
  return (
    <div className="vv-field">
      <label className="govuk-label" htmlFor={outcomeId}>
        {t('audit.filter.outcome')}
      </label>
      <select id={outcomeId} name="outcome" className="govuk-select" defaultValue={chosen}>
        <option value="">{t('audit.any')}</option>
        {OUTCOMES.map((outcome) => (
          <option key={outcome} value={outcome}>
            {t(`audit.outcome.${outcome}`)}
          </option>
        ))}
      </select>
    </div>
  )
}
