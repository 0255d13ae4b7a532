import { PageHeading } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useMe } from '../../session/session.ts'
import { AccountPage } from '../AccountPage.tsx'
import { Player } from './Player.tsx'
import { PurposeForm } from './PurposeForm.tsx'
import type { OpenPlay } from './PurposeForm.tsx'

/** Purpose and case number first; only then does anything of the recording come here (RC-5). */
export function RecordingPage() {
  const { recordingId = '' } = useParams()
  const { t } = useTranslation()
  const me = useMe()
  const [open, setOpen] = useState<OpenPlay | null>(null)
  return (
    <AccountPage>
      <div className={open === null ? 'vv-stack' : 'vv-stack vv-wide'}>
        <p>
          <Link to="/recordings">{t('recordings.back')}</Link>
        </p>
        {open === null ? (
          <>
            <PageHeading key="purpose">{t('recordings.purposeTitle')}</PageHeading>
            <PurposeForm recordingId={recordingId} onOpen={setOpen} />
          </>
        ) : (
          <>
            <PageHeading key="player">{t('recordings.playerTitle')}</PageHeading>
            <Player
              play={open.play}
              watermark={t('recordings.watermark', {
                name: me.displayName,
                caseNumber: open.caseNumber,
              })}
            />
          </>
        )}
      </div>
    </AccountPage>
  )
}
