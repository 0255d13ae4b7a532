import { Button, useModal } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { pictureUrl } from '../../../api/paths.ts'
import type { VisitorFile } from '../parts/types.ts'

type Document = VisitorFile['visitor']['documents'][number]
type Picture = { readonly url: string; readonly label: string }

const ZOOMS = [1, 2, 4] as const

/** The documents side by side, to compare face with face; each can be looked at closely. */
export function DocumentPictures({ visitor }: { visitor: VisitorFile['visitor'] }) {
  const { t } = useTranslation()
  const [close, setClose] = useState<Picture | null>(null)
  if (visitor.documents.length === 0)
    return <p className="vv-soft">{t('officePeople.noPictures')}</p>
  return (
    <>
      <ul className="vv-pictures">
        {visitor.documents.map((document) => (
          <li key={document.documentId}>
            <Thumbnail
              document={document}
              picture={{
                url: pictureUrl(visitor.visitorId, document.documentId),
                label: t(`rejectedField.${document.kind}`),
              }}
              onOpen={setClose}
            />
          </li>
        ))}
      </ul>
      {close !== null && <CloseLook picture={close} onClose={() => setClose(null)} />}
    </>
  )
}

type ThumbnailProps = {
  readonly document: Document
  readonly picture: Picture
  readonly onOpen: (picture: Picture) => void
}

function Thumbnail({ document, picture, onOpen }: ThumbnailProps) {
  const { t } = useTranslation()
  return (
    <figure className="vv-picture">
      <img src={picture.url} alt={picture.label} width={document.width} height={document.height} />
      <figcaption className="vv-row">
        <span>{picture.label}</span>
        <Button
          look="quiet"
          isSmall
          aria-label={t('officeInbox.enlargeLabel', { picture: picture.label })}
          onClick={() => onOpen(picture)}
        >
          {t('officeInbox.enlarge')}
        </Button>
      </figcaption>
    </figure>
  )
}

function CloseLook({ picture, onClose }: { picture: Picture; onClose: () => void }) {
  const { t } = useTranslation()
  const [zoom, setZoom] = useState(1)
  const dialog = useModal()
  return (
    <dialog ref={dialog} className="vv-close-look" aria-label={picture.label} onClose={onClose}>
      <div className="vv-row">
        {ZOOMS.map((size) => (
          <Button
            key={size}
            look={size === zoom ? 'primary' : 'secondary'}
            isSmall
            aria-pressed={size === zoom}
            onClick={() => setZoom(size)}
          >
            {t('officeInbox.zoom', { percent: size * 100 })}
          </Button>
        ))}
        <Button look="secondary" isSmall autoFocus onClick={onClose}>
          {t('officeInbox.closePicture')}
        </Button>
      </div>
      {/* Scrolled by keys as well: a picture larger than the window must be seen whole. */}
      <div className="vv-close-look__box" role="region" aria-label={picture.label} tabIndex={0}>
        <img src={picture.url} alt={picture.label} style={{ width: `${zoom * 100}%` }} />
      </div>
    </dialog>
  )
}
