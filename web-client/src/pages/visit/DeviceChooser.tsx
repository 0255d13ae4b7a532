import type { DeviceChoice, DeviceOption, LocalMedia } from '@visavis/call'
import { SelectField, useStore } from '@visavis/ui'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

type Devices = {
  readonly cameras: readonly DeviceOption[]
  readonly microphones: readonly DeviceOption[]
}

/** Lists of cameras and microphones, each shown only where there is something to choose. */
export function DeviceChooser({ media }: { media: LocalMedia }) {
  const { t } = useTranslation()
  const devices = useDevices(media)
  const [choice, setChoice] = useState<DeviceChoice>({})
  const choose = (change: DeviceChoice) => {
    const next = { ...choice, ...change }
    setChoice(next)
    void media.start(next)
  }
  const options = (list: readonly DeviceOption[], unnamed: 'cameraNumber' | 'microphoneNumber') =>
    list.map(({ deviceId, label }, index) => ({
      value: deviceId,
      label: label || t(`check.${unnamed}`, { number: index + 1 }),
    }))
  if (devices === null) return null
  return (
    <>
      {devices.cameras.length > 1 && (
        <SelectField
          label={t('check.camera')}
          value={choice.cameraId ?? usedDevice(media, 'video')}
          options={options(devices.cameras, 'cameraNumber')}
          onChoose={(cameraId) => choose({ cameraId })}
        />
      )}
      {devices.microphones.length > 1 && (
        <SelectField
          label={t('check.microphone')}
          value={choice.microphoneId ?? usedDevice(media, 'audio')}
          options={options(devices.microphones, 'microphoneNumber')}
          onChoose={(microphoneId) => choose({ microphoneId })}
        />
      )}
    </>
  )
}

/** Names of devices are told only once one of them is in use, and the list changes with each plug. */
function useDevices(media: LocalMedia): Devices | null {
  const { phase } = useStore(media)
  const [devices, setDevices] = useState<Devices | null>(null)
  useEffect(() => {
    if (phase !== 'ready') return undefined
    let isWanted = true
    const read = () =>
      void media.listDevices().then((list) => {
        if (isWanted) setDevices(list)
      })
    read()
    navigator.mediaDevices.addEventListener('devicechange', read)
    return () => {
      isWanted = false
      navigator.mediaDevices.removeEventListener('devicechange', read)
    }
  }, [media, phase])
  return devices
}

function usedDevice(media: LocalMedia, kind: 'audio' | 'video'): string {
  const state = media.getState()
  if (state.phase !== 'ready') return ''
  const track = state.stream.getTracks().find((candidate) => candidate.kind === kind)
  return track?.getSettings().deviceId ?? ''
}
