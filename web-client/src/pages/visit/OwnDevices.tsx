import type { LocalMedia } from '@visavis/call'
import { useStore } from '@visavis/ui'
import { DeviceTrouble, SelfPicture, troubleOf } from '@visavis/ui/visit/index.ts'
import type { Trouble } from '@visavis/ui/visit/index.ts'
import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { DeviceChooser } from './DeviceChooser.tsx'

type OwnDevicesProps = {
  readonly media: LocalMedia
  /** What stands beside the own picture, below the choice of devices. */
  readonly children: (trouble: Trouble | null) => ReactNode
}

/** A person's own picture, what is wrong with it, and which devices it comes from; started if it is not. */
export function OwnDevices({ media, children }: OwnDevicesProps) {
  const trouble = troubleOf(useStore(media))
  useEffect(() => {
    if (media.getState().phase === 'idle') void media.start()
  }, [media])
  return (
    <>
      {trouble !== null && (
        <DeviceTrouble trouble={trouble} isOwnBrowser onRetry={() => void media.start()} />
      )}
      <div className="vv-own-devices">
        <div className="vv-own-devices__picture vv-stack vv-stack--near">
          <SelfPicture media={media} />
        </div>
        <div className="vv-stack">
          <DeviceChooser media={media} />
          {children(trouble)}
        </div>
      </div>
    </>
  )
}
