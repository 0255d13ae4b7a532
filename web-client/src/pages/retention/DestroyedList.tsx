import { Tag, useResource } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../api/api.ts'
import { tombstoneUrl } from '../../api/paths.ts'
import { useSession } from '../../session/session.ts'
import { Loaded } from '../office/parts/Loaded.tsx'
import { useOffice } from '../office/parts/use-office.ts'

/** What was destroyed, newest first: what is left of it is its tombstone. */
export function DestroyedList() {
  const { t } = useTranslation()
  const { call } = useSession()
  const load = useCallback(() => call('tombstones', { query: { limit: 50 } }), [call])
  return (
    <section className="vv-stack vv-stack--near">
      <h2>{t('retention.destroyed')}</h2>
      <p>{t('retention.destroyedIntro')}</p>
      <Loaded from={useResource(load)}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="vv-soft">{t('retention.nothingDestroyed')}</p>
          ) : (
            <ul className="vv-list">
              {items.map((one) => (
                <li key={one.destructionId}>
                  <Line one={one} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}

function Line({ one }: { one: Reply<'tombstones'>['items'][number] }) {
  const { t } = useTranslation()
  const { short } = useOffice()
  return (
    <p className="vv-row">
      <strong className="vv-numbers">{short(one.startsAt)}</strong>
      <span>{t(`retention.cause.${one.cause}`, { when: short(one.destroyedAt) })}</span>
      {!one.areFilesGone && <Tag tone="warn">{t('retention.filesLeft')}</Tag>}
      <a href={tombstoneUrl(one.destructionId)} download>
        {t('retention.tombstone')}
      </a>
    </p>
  )
}
