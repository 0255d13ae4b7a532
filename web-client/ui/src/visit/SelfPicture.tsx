import { attachStream } from '@visavis/call'
import type { LocalMedia } from '@visavis/call'
import { useCallback } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon, LevelMeter, StreamVideo, useStore } from '../index.ts'

type SelfPictureProps = {
  readonly media: LocalMedia
  /** Below the picture; the call, where space is short, leaves it out. */
  readonly hasMeter?: boolean
}

/** One's own picture as in a mirror, with the microphone's level. */
export function SelfPicture({ media, hasMeter = true }: SelfPictureProps) {
  const { t } = useTranslation()
  const state = useStore(media)
  const level = useCallback(() => media.level(), [media])
  if (state.phase !== 'ready') {
    return (
      <EmptyPicture>
        {state.phase === 'failed' ? (
          t('call.noSelfPicture')
        ) : (
          <>
            <strong>{t('device.askingTitle')}</strong>
            <span>{t('device.askingBody')}</span>
          </>
        )}
      </EmptyPicture>
    )
  }
  const hasPicture = state.hasCamera && !state.isVideoMuted
  return (
    <>
      <StreamVideo
        attach={attachStream}
        stream={state.stream}
        label={t('call.selfView')}
        isMuted
        isMirrored
        isCover
        overlay={hasPicture ? undefined : <Icon name="cameraOff" size="2em" />}
      />
      {hasMeter && state.hasMicrophone && <LevelMeter level={level} />}
    </>
  )
}

function EmptyPicture({ children }: { children: ReactNode }) {
  return (
    <div className="vv-video">
      <div className="vv-video__words">
        <Icon name="camera" size="2.5em" />
        {children}
      </div>
    </div>
  )
}
