import { FailureNotice, Progress, Tag } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../api/api.ts'
import { tombstoneUrl } from '../../api/paths.ts'
import { useSession } from '../../session/session.ts'
import { MoreButton } from '../office/parts/MoreButton.tsx'
import { useOffice } from '../office/parts/use-office.ts'
import { usePages } from '../office/people/use-pages.ts'

const SHOWN = 25

/** What was destroyed, newest first: what is left of it is its tombstone. */
export function DestroyedList() {
  const { t } = useTranslation()
  const { call } = useSession()
  const pages = usePages(
    useCallback(
      (cursor: string | null) =>
        call('tombstones', { query: { limit: SHOWN, ...(cursor === null ? {} : { cursor }) } }),
      [call],
    ),
  )
  const { items, phase, code, more } = pages
  return (
    <section className="vv-stack vv-stack--near">
      <h2>{t('retention.destroyed')}</h2>
      <p>{t('retention.destroyedIntro')}</p>
      {phase === 'ready' && items.length === 0 && (
        <p className="vv-soft">{t('retention.nothingDestroyed')}</p>
      )}
      <ul className="vv-list vv-list--near">
        {items.map((one) => (
          <li key={one.destructionId}>
            <Line one={one} />
          </li>
        ))}
      </ul>
      {phase === 'loading' && <Progress />}
      {code !== null && <FailureNotice code={code} {...(more ? { onRetry: more } : {})} />}
      <MoreButton pages={pages} />
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
