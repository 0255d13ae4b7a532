import { useResource } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Reply } from '../../../api/api.ts'
import { useSession } from '../../../session/session.ts'
import { Loaded } from '../parts/Loaded.tsx'
import { useOffice } from '../parts/use-office.ts'

type Ledger = Reply<'quotaLedger'>
type Entry = Ledger['entries'][number]

const MINUTE_MS = 60_000

/** An inmate's visits and time credit, entry by entry (BK-9). */
export function LedgerView({ inmateId }: { inmateId: string }) {
  const { t } = useTranslation()
  const { call } = useSession()
  const load = useCallback(() => call('quotaLedger', { params: { inmateId } }), [call, inmateId])
  return (
    <section className="vv-stack vv-stack--close">
      <h3>{t('officeDay.ledger')}</h3>
      <Loaded from={useResource(load)}>
        {({ quota, entries }) => (
          <>
            <QuotaWords quota={quota} />
            {entries.length > 0 && <EntryTable entries={entries} />}
          </>
        )}
      </Loaded>
    </section>
  )
}

function QuotaWords({ quota }: { quota: Ledger['quota'] }) {
  const { t } = useTranslation()
  const { short } = useOffice()
  const minutes = Math.floor(quota.creditMs / MINUTE_MS)
  return (
    <p>
      {quota.left === null ? t('officeDay.notCounted') : t('officeDay.left', { count: quota.left })}{' '}
      {quota.renewsAt !== null && t('officeDay.renews', { when: short(quota.renewsAt) })}{' '}
      {t('officeDay.credit', { count: minutes })}
    </p>
  )
}

function EntryTable({ entries }: { entries: readonly Entry[] }) {
  const { t } = useTranslation()
  return (
    <table className="vv-table vv-table--dense vv-table--cards">
      <thead>
        <tr>
          <th scope="col">{t('officeDay.when')}</th>
          <th scope="col">{t('officeDay.what')}</th>
          <th scope="col">{t('officeDay.amount')}</th>
          <th scope="col">{t('officeDay.visit')}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry, index) => (
          <EntryRow key={`${entry.createdAt} ${index}`} entry={entry} />
        ))}
      </tbody>
    </table>
  )
}

function EntryRow({ entry }: { entry: Entry }) {
  const { t } = useTranslation()
  const { short } = useOffice()
  const { unit, kind, amount, visitId, reason, createdAt } = entry
  const count = unit === 'MS' ? Math.round(amount / MINUTE_MS) : amount
  return (
    <tr>
      <th scope="row" className="vv-numbers">
        {short(createdAt)}
      </th>
      <td data-label={t('officeDay.what')}>
        {t(`officeDay.entry.${kind}`)}
        {reason !== null && <span className="vv-soft vv-small"> {reason}</span>}
      </td>
      <td data-label={t('officeDay.amount')} className="vv-numbers">
        {unit === 'MS'
          ? t('officeDay.amountMinutes', { count })
          : t('officeDay.amountVisits', { count })}
      </td>
      <td data-label={t('officeDay.visit')}>
        {visitId === null ? (
          '–'
        ) : (
          <Link to={`/office/day/${visitId}`}>{t('officeInbox.openVisit')}</Link>
        )}
      </td>
    </tr>
  )
}
