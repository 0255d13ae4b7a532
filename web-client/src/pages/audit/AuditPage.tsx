import { SelectField, useResource } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { useSession } from '../../session/session.ts'
import { Loaded } from '../office/parts/Loaded.tsx'
import { OfficeFrame } from '../office/parts/OfficeFrame.tsx'
import { EntryFilters } from './EntryFilters.tsx'
import { EntryList } from './EntryList.tsx'
import { LogState } from './LogState.tsx'
import type { AuditState } from './LogState.tsx'
import { filterOf } from './filter-rules.ts'

/** A log: how it is looked after, and its entries by who, what, about what and when (TR-2). */
export function AuditPage() {
  const { t } = useTranslation()
  const { call } = useSession()
  const state = useResource(useCallback(() => call('auditLogs', {}), [call]))
  return (
    <OfficeFrame title={t('audit.title')}>
      <p>{t('audit.intro')}</p>
      <Loaded from={state}>{(data) => <OneLog all={data} />}</Loaded>
    </OfficeFrame>
  )
}

function OneLog({ all }: { all: AuditState }) {
  const { t } = useTranslation()
  const { log: chosen } = useParams()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const log = all.logs.find((one) => one.log === chosen) ?? all.logs[0]
  if (!log) return <p className="vv-soft">{t('audit.none')}</p>
  const options = all.logs.map(({ log: value, name }) => ({
    value,
    label: name ?? t('audit.estate'),
  }))
  return (
    <>
      {options.length > 1 && (
        <SelectField
          label={t('audit.log')}
          value={log.log}
          options={options}
          onChoose={(value) => void navigate(`/audit/${value}`)}
        />
      )}
      <LogState all={all} log={log} />
      <section className="vv-stack vv-stack--near">
        <h2>{t('audit.entries')}</h2>
        <EntryFilters key={`${log.log} ${search}`} log={log.log} />
        <EntryList key={`list ${log.log} ${search}`} log={log.log} filter={filterOf(search)} />
      </section>
    </>
  )
}
