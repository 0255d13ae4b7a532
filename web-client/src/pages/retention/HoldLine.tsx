import { Button, Tag } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { useDateWords } from '../../forms/use-date-words.ts'
import { useOffice } from '../office/parts/use-office.ts'
import type { Choice } from './KeptDialog.tsx'
import type { Kept } from './KeptList.tsx'

type Hold = Kept['holds'][number]
type HoldProps = { readonly hold: Hold; readonly onChoose: (choice: Choice) => void }

/** A hold with who placed it and why, and what can be done about it. */
export function HoldLine({ hold, onChoose }: HoldProps) {
  const { t } = useTranslation()
  const { short } = useOffice()
  const dateWords = useDateWords()
  const { holdId, placedBy, placedAt, caseNumber, reason, reviewOn, isReviewDue, release } = hold
  return (
    <div className="vv-stack vv-stack--close">
      <p>{t('retention.heldBy', { name: placedBy, when: short(placedAt), caseNumber })}</p>
      <p className="vv-typed">{reason}</p>
      <p className="vv-row">
        <span>{t('retention.reviewOn', { day: dateWords(reviewOn) })}</span>
        {isReviewDue && <Tag tone="bad">{t('retention.reviewDue')}</Tag>}
      </p>
      <div className="vv-row">
        <Button isSmall look="secondary" onClick={() => onChoose({ what: 'reviewHold', holdId })}>
          {t('retention.review')}
        </Button>
        {release === null && (
          <Button isSmall look="quiet" onClick={() => onChoose({ what: 'askRelease', holdId })}>
            {t('retention.release')}
          </Button>
        )}
      </div>
      {release !== null && <Release hold={hold} release={release} onChoose={onChoose} />}
    </div>
  )
}

type ReleaseProps = HoldProps & { readonly release: NonNullable<Hold['release']> }

/** Somebody asked for the release; another person decides. */
function Release({ hold: { holdId }, release, onChoose }: ReleaseProps) {
  const { t } = useTranslation()
  const { short } = useOffice()
  const { askedBy, askedAt, reason, isMineToDecide } = release
  return (
    <>
      <p>{t('retention.releaseAsked', { name: askedBy, when: short(askedAt) })}</p>
      <p className="vv-typed">{reason}</p>
      {isMineToDecide ? (
        <div className="vv-row">
          <Button
            isSmall
            onClick={() => onChoose({ what: 'decideRelease', holdId, isApproved: true })}
          >
            {t('retention.releaseNow')}
          </Button>
          <Button
            isSmall
            look="secondary"
            onClick={() => onChoose({ what: 'decideRelease', holdId, isApproved: false })}
          >
            {t('retention.keepHold')}
          </Button>
        </div>
      ) : (
        <p className="vv-soft">{t('retention.anotherDecides')}</p>
      )}
    </>
  )
}
