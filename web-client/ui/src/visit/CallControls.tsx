import type { LocalMedia, SeatCall } from '@visavis/call'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog, Icon, Notice, useStore } from '../index.ts'
import type { IconName } from '../index.ts'
import { HelpCallButton } from './HelpButton.tsx'

type ControlsProps = {
  readonly call: SeatCall
  readonly media: LocalMedia
  /** Who interprets may leave; the visit is not theirs to end. */
  readonly mayEnd: boolean
  /** Controls that only some visits have. */
  readonly children?: ReactNode
}

/** Microphone, camera, help, end: what a person does in a visit. */
export function CallControls({ call, media, mayEnd, children }: ControlsProps) {
  const [isAsking, setIsAsking] = useState(false)
  return (
    <div className="vv-call__controls">
      <DeviceButtons media={media} />
      <HelpCallButton call={call} />
      {children}
      {mayEnd ? <EndButton onPress={() => setIsAsking(true)} /> : <LeaveButton call={call} />}
      {isAsking && <EndDialog call={call} onClose={() => setIsAsking(false)} />}
    </div>
  )
}

function EndButton({ onPress }: { onPress: () => void }) {
  const { t } = useTranslation()
  return (
    <button type="button" className="vv-call-button vv-call-button--end" onClick={onPress}>
      <span className="vv-call-button__disc">
        <Icon name="hangUp" size="1.6rem" />
      </span>
      {t('call.end')}
    </button>
  )
}

function LeaveButton({ call }: { call: SeatCall }) {
  const { t } = useTranslation()
  return (
    <a className="vv-call-button vv-call-button--end" href="/visits" onClick={() => call.leave()}>
      <span className="vv-call-button__disc">
        <Icon name="hangUp" size="1.6rem" />
      </span>
      {t('call.leave')}
    </a>
  )
}

function DeviceButtons({ media }: { media: LocalMedia }) {
  const { t } = useTranslation()
  const state = useStore(media)
  if (state.phase !== 'ready') return null
  const { isAudioMuted, isVideoMuted } = state
  return (
    <>
      {state.hasMicrophone && (
        <DeviceButton
          isOn={!isAudioMuted}
          icon={isAudioMuted ? 'microphoneOff' : 'microphone'}
          label={t(isAudioMuted ? 'call.turnMicrophoneOn' : 'call.turnMicrophoneOff')}
          words={t(isAudioMuted ? 'call.microphoneOff' : 'call.microphone')}
          onPress={() => media.setMuted('audio', !isAudioMuted)}
        />
      )}
      {state.hasCamera && (
        <DeviceButton
          isOn={!isVideoMuted}
          icon={isVideoMuted ? 'cameraOff' : 'camera'}
          label={t(isVideoMuted ? 'call.turnCameraOn' : 'call.turnCameraOff')}
          words={t(isVideoMuted ? 'call.cameraOff' : 'call.camera')}
          onPress={() => media.setMuted('video', !isVideoMuted)}
        />
      )}
    </>
  )
}

type DeviceButtonProps = {
  readonly isOn: boolean
  readonly icon: IconName
  /** What pressing does; said after the words one sees, which speech control goes by. */
  readonly label: string
  readonly words: string
  readonly onPress: () => void
}

function DeviceButton({ isOn, icon, label, words, onPress }: DeviceButtonProps) {
  return (
    <button
      type="button"
      className="vv-call-button"
      data-on={isOn}
      aria-label={`${words}. ${label}`}
      onClick={onPress}
    >
      <span className="vv-call-button__disc">
        <Icon name={icon} size="1.6rem" />
      </span>
      <span aria-hidden="true">{words}</span>
    </button>
  )
}

function EndDialog({ call, onClose }: { call: SeatCall; onClose: () => void }) {
  const { t } = useTranslation()
  const [step, setStep] = useState<'asking' | 'ending' | 'failed'>('asking')
  const end = () => {
    setStep('ending')
    // When it is carried out, the call's state leads to the next page and unmounts this dialog.
    call.end().catch(() => setStep('failed'))
  }
  return (
    <ConfirmDialog
      title={t('call.endTitle')}
      confirmLabel={t('call.endConfirm')}
      cancelLabel={t('call.endStay')}
      isBusy={step === 'ending'}
      onConfirm={end}
      onCancel={onClose}
    >
      <p>{t('call.endBody')}</p>
      {step === 'failed' && (
        <Notice tone="bad" live="alert">
          <p>{t('call.endFailed')}</p>
        </Notice>
      )}
    </ConfirmDialog>
  )
}
