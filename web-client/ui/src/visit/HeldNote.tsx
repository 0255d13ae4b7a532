import type { LinesView } from '@visavis/contract/visit'
import { useTranslation } from 'react-i18next'

type Held = LinesView['others'][number]['held']

/** Over a person's last picture: what is paused for the other's sake, and that nothing is broken. */
export function HeldNote({ held }: { held: Held }) {
  const { t } = useTranslation()
  return (
    <span role="status" className="vv-video__note">
      {held !== null && (
        <span>{t(held === 'PICTURE' ? 'quality.heldPicture' : 'quality.heldSound')}</span>
      )}
    </span>
  )
}
