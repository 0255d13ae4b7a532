import { Tag, useNow } from '@visavis/ui'
import type { Resource } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import type { DeskSection, SignedInInmate } from '../../flow/screens.ts'
import { useTerminal } from '../../flow/terminal.ts'
import { DeskFrame } from './DeskFrame.tsx'
import { toAcknowledge } from './desk-lists.ts'
import { loadNotices, loadRequests, loadVisits, useTold } from './use-desk.ts'

/** The parts of the desk, large, each with what waits there. */
export function DeskHome({ inmate }: { inmate: SignedInInmate }) {
  const { t } = useTranslation()
  const { news, mayRing } = useNews()
  return (
    <DeskFrame title={t('myVisits.title', { name: inmate.displayName })}>
      <ul className="vv-desk__tiles">
        <Tile section="visits" title={t('desk.visits')} news={news.visits} />
        <Tile section="requests" title={t('desk.requests')} news={news.requests} />
        <Tile section="notices" title={t('desk.notices')} news={news.notices} />
        <Tile section="recorded" title={t('recorded.title')} news={null} />
        {mayRing && <Tile section="ring" title={t('desk.ring')} news={null} />}
      </ul>
    </DeskFrame>
  )
}

/** What waits in each part, in words; null where nothing does, or it is not known yet. */
function useNews() {
  const { t } = useTranslation()
  const nowMs = useNow()
  const visits = listOf(dataOf(useTold(loadVisits))?.visits)
  const asked = dataOf(useTold(loadRequests))
  const notices = listOf(dataOf(useTold(loadNotices))?.notices)
  const words = (key: string, count: number) => (count === 0 ? null : t(key, { count }))
  return {
    mayRing: listOf(asked?.contacts).some(({ mayRing }) => mayRing),
    news: {
      visits: words('desk.toAcknowledge', toAcknowledge(visits, nowMs)),
      requests: words('desk.toAnswer', listOf(asked?.requests).length),
      notices: words('desk.unread', notices.filter(({ isRead }) => !isRead).length),
    },
  }
}

function listOf<Item>(items: readonly Item[] | undefined): readonly Item[] {
  return items ?? []
}

function dataOf<Data>(resource: Resource<Data>): Data | null {
  return resource.phase === 'ready' ? resource.data : null
}

type TileProps = {
  readonly section: DeskSection
  readonly title: string
  readonly news: string | null
}

function Tile({ section, title, news }: TileProps) {
  const { tell } = useTerminal()
  return (
    <li>
      <button
        type="button"
        className="vv-desk__tile"
        onClick={() => tell({ what: 'sectionChosen', section })}
      >
        <span className="vv-desk__tile-title">{title}</span>
        {news !== null && <Tag tone="warn">{news}</Tag>}
      </button>
    </li>
  )
}
