import type { WallVisit } from '@visavis/contract/visit'
import { useTranslation } from 'react-i18next'
import { namesOf } from './wall-people.ts'

type AnnouncerProps = {
  readonly focused: WallVisit | null
  /** What has come forward last, in its order. */
  readonly risen: readonly WallVisit[]
}

/** Tells whoever does not see the wall what is chosen, and what has come forward and why. */
export function Announcer({ focused, risen }: AnnouncerProps) {
  const { t } = useTranslation()
  const names = (visit: WallVisit) => ({
    visitor: namesOf(visit, 'VISITOR'),
    inmate: namesOf(visit, 'INMATE'),
  })
  const urgent = risen.flatMap((visit) =>
    visit.attention === null
      ? []
      : [`${t(`attention.${visit.attention}`)}: ${t('wall.focusTitle', names(visit))}`],
  )
  return (
    <div className="govuk-visually-hidden">
      <p role="status">{urgent.join('. ')}</p>
      <p role="status">{focused !== null && t('wallTools.chosen', names(focused))}</p>
    </div>
  )
}
