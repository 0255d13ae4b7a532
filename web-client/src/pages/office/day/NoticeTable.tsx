import { Tag, useResource } from '@visavis/ui'
import type { TagTone } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../../api/api.ts'
import { useSession } from '../../../session/session.ts'
import { Loaded } from '../parts/Loaded.tsx'
import { useOffice } from '../parts/use-office.ts'

type Told = Reply<'notices'>['items'][number]

const SHOWN = 50
const TONE: Readonly<Record<Told['state'], TagTone>> = {
  QUEUED: 'plain',
  SENT: 'good',
  READ: 'good',
  FAILED: 'bad',
  BOUNCED: 'bad',
  CANCELLED: 'plain',
}

/** Who was told what about a visit, by which way, and whether it arrived. */
export function NoticeTable({ visitId }: { visitId: string }) {
  const { t } = useTranslation()
  const { call } = useSession()
  const load = useCallback(
    () => call('notices', { query: { visitId, limit: SHOWN } }),
    [call, visitId],
  )
  return (
    <section className="vv-stack vv-stack--close">
      <h3>{t('officeDay.notices')}</h3>
      <Loaded from={useResource(load)}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="vv-soft">{t('officeDay.noNotices')}</p>
          ) : (
            <NoticeRows items={items} />
          )
        }
      </Loaded>
    </section>
  )
}

function NoticeRows({ items }: { items: readonly Told[] }) {
  const { t } = useTranslation()
  const { short } = useOffice()
  return (
    <table className="vv-table vv-table--dense vv-table--cards">
      <thead>
        <tr>
          <th scope="col">{t('officeDay.what')}</th>
          <th scope="col">{t('officeDay.toWhom')}</th>
          <th scope="col">{t('officeDay.when')}</th>
          <th scope="col">{t('officeDay.delivery')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ noticeId, kind, channel, toWhom, sentAt, dueAt, state, failure }) => (
          <tr key={noticeId}>
            <th scope="row">{t(`officeDay.noticeKind.${kind}`)}</th>
            <td data-label={t('officeDay.toWhom')}>
              {t(`officeDay.party.${toWhom}`)} · {t(`officeDay.channel.${channel}`)}
            </td>
            <td data-label={t('officeDay.when')} className="vv-numbers">
              {short(sentAt ?? dueAt)}
            </td>
            <td data-label={t('officeDay.delivery')}>
              <Tag tone={TONE[state]}>{t(`officeDay.noticeState.${state}`)}</Tag>
              {failure !== null && <p className="vv-small">{failure}</p>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
