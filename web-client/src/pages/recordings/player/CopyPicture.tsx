import { useStore } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { copyUrl } from '../../../api/paths.ts'
import type { Copy } from '../copies/copy-rules.ts'
import { TrackMedia } from './TrackMedia.tsx'
import { Watermark } from './Watermark.tsx'
import type { Mark } from './Watermark.tsx'
import type { Playing } from './use-playback.ts'

type CopyPictureProps = {
  readonly copy: Copy
  readonly playing: Playing
  readonly playId: string
  readonly mark: Mark
  readonly onFailed: () => void
}

/** A copy, with everybody side by side; moved by the same line and keys as the originals. */
export function CopyPicture({ copy, playing, playId, mark, onFailed }: CopyPictureProps) {
  const { t } = useTranslation()
  const { hasBegun } = useStore(playing.told)
  return (
    <figure>
      <div className="vv-video vv-player__copy">
        <TrackMedia
          playback={playing.synced}
          trackId={copy.derivativeId}
          kind="video"
          url={copyUrl(playId, copy.derivativeId)}
          label={t(`copies.kind.${copy.kind}`)}
          volume={1}
          mayFetch={hasBegun}
          onFailed={onFailed}
        />
        <Watermark mark={mark} offset={0} />
      </div>
    </figure>
  )
}
