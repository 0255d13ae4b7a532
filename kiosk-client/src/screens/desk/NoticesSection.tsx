import { Button, PageHeading, Panel, Tag, capitalised, clockTime, dayName } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { callApi } from '../../api/call-api.ts'
import { TerminalFrame } from '../../components/TerminalFrame.tsx'
import { useLocalTime, useTerminal } from '../../flow/terminal.ts'
import { DeskFrame, Loaded } from './DeskFrame.tsx'
import { unreadFirst } from './desk-lists.ts'
import type { TerminalNotice } from './desk-lists.ts'
import { loadNotices, useTold } from './use-desk.ts'

/** Messages of the facility, unread ones first; opening one is reading it. */
export function NoticesSection({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation()
  const notices = useTold(loadNotices)
  const [opened, open] = useState<TerminalNotice | null>(null)
  const read = (notice: TerminalNotice) => {
    open(notice)
    if (notice.isRead) return
    const { noticeId } = notice
    // Should it not get through, the notice stays unread; nothing is lost.
    void callApi('readNotice', { params: { noticeId } }).then(() => {
      if (notices.phase !== 'loading') notices.reload()
    })
  }
  if (opened !== null) return <OpenNotice notice={opened} onBack={() => open(null)} />
  return (
    <DeskFrame title={t('desk.notices')} onBack={onBack}>
      <Loaded from={notices}>
        {(data) => <NoticeList notices={unreadFirst(data.notices)} onOpen={read} />}
      </Loaded>
    </DeskFrame>
  )
}

type NoticeListProps = {
  readonly notices: readonly TerminalNotice[]
  readonly onOpen: (notice: TerminalNotice) => void
}

function NoticeList({ notices, onOpen }: NoticeListProps) {
  const { t } = useTranslation()
  if (notices.length === 0) return <p>{t('desk.noNotices')}</p>
  return (
    <ul className="vv-list">
      {notices.map((notice) => (
        <li key={notice.noticeId}>
          <button type="button" className="vv-desk__line" onClick={() => onOpen(notice)}>
            <span className="vv-desk__line-words">
              <span className="vv-desk__tile-title">{notice.title}</span>
              <WrittenAt instant={notice.createdAt} />
            </span>
            {!notice.isRead && <Tag tone="warn">{t('desk.new')}</Tag>}
          </button>
        </li>
      ))}
    </ul>
  )
}

function WrittenAt({ instant }: { instant: string }) {
  const local = useLocalTime()
  return (
    <span className="vv-numbers">
      {capitalised(dayName(instant, local), local.language)}, {clockTime(instant, local)}
    </span>
  )
}

function OpenNotice({ notice, onBack }: { notice: TerminalNotice; onBack: () => void }) {
  const { t } = useTranslation()
  const { tell } = useTerminal()
  return (
    <TerminalFrame>
      <div className="vv-terminal__column vv-desk vv-stack vv-stack--near">
        <PageHeading key={notice.noticeId}>{notice.title}</PageHeading>
        <Panel>
          <div className="vv-stack vv-stack--near">
            <p className="vv-desk__text">{notice.body}</p>
            <WrittenAt instant={notice.createdAt} />
          </div>
        </Panel>
        <div className="vv-row">
          <Button look="secondary" onClick={onBack}>
            {t('common.back')}
          </Button>
          {notice.visitId !== null && (
            <Button onClick={() => tell({ what: 'sectionChosen', section: 'visits' })}>
              {t('desk.visits')}
            </Button>
          )}
        </div>
      </div>
    </TerminalFrame>
  )
}
