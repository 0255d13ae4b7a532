import {
  FailureNotice,
  PageHeading,
  Panel,
  Progress,
  Tag,
  buttonClass,
  clockTime,
  minutesAndSeconds,
  shortDate,
  useResource,
} from '@visavis/ui'
import type { TagTone } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Reply } from '../../api/api.ts'
import { useSession } from '../../session/session.ts'
import { AccountPage } from '../AccountPage.tsx'

type Recording = Reply<'listRecordings'>['recordings'][number]

/** Recordings of the investigator's facility, newest first. */
export function RecordingsPage() {
  const { t } = useTranslation()
  return (
    <AccountPage>
      <div className="vv-stack vv-wide">
        <PageHeading>{t('recordings.title')}</PageHeading>
        <RecordingList />
      </div>
    </AccountPage>
  )
}

function RecordingList() {
  const { t } = useTranslation()
  const { call } = useSession()
  const list = useResource(useCallback(() => call('listRecordings', {}), [call]))
  if (list.phase === 'loading') return <Progress />
  if (list.phase === 'failed') return <FailureNotice code={list.code} onRetry={list.reload} />
  if (list.data.recordings.length > 0) return <RecordingTable recordings={list.data.recordings} />
  return (
    <Panel>
      <h2>{t('recordings.emptyTitle')}</h2>
      <p className="vv-soft">{t('recordings.emptyBody')}</p>
    </Panel>
  )
}

function RecordingTable({ recordings }: { recordings: readonly Recording[] }) {
  const { t } = useTranslation()
  return (
    <table className="vv-table">
      <thead>
        <tr>
          <th scope="col">{t('recordings.when')}</th>
          <th scope="col">{t('recordings.terminal')}</th>
          <th scope="col">{t('recordings.length')}</th>
          <th scope="col">{t('recordings.state')}</th>
          <th scope="col">{t('recordings.action')}</th>
        </tr>
      </thead>
      <tbody>
        {recordings.map((recording) => (
          <RecordingRow key={recording.recordingId} recording={recording} />
        ))}
      </tbody>
    </table>
  )
}

const STATE_TONE: Readonly<Record<Recording['state'], TagTone>> = {
  OPEN: 'action',
  RECORDED: 'warn',
  FINISHED: 'good',
  FAILED: 'bad',
}

function RecordingRow({ recording }: { recording: Recording }) {
  const { t, i18n } = useTranslation()
  const options = { language: i18n.language, timeZone: recording.facility.timeZone }
  const when = `${shortDate(recording.startsAt, options)}, ${clockTime(recording.startsAt, options)}`
  const label = t('recordings.openLabel', { when, terminal: recording.terminalName })
  return (
    <tr>
      <th scope="row" className="vv-numbers">
        {when}
      </th>
      <td>{recording.terminalName}</td>
      <td className="vv-numbers">{minutesAndSeconds(recording.durationMs)}</td>
      <td>
        <Tag tone={STATE_TONE[recording.state]}>{t(`recordings.stateName.${recording.state}`)}</Tag>
      </td>
      <td>
        {recording.state === 'FINISHED' && (
          <Link
            to={`/recordings/${recording.recordingId}`}
            className={buttonClass({ look: 'secondary', isSmall: true })}
            aria-label={label}
          >
            {t('recordings.open')}
          </Link>
        )}
      </td>
    </tr>
  )
}
