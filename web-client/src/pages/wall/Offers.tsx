import type { WallFeed, WallOffer } from '@visavis/call'
import type { ErrorCode } from '@visavis/contract/errors'
import type { WallVisit } from '@visavis/contract/visit'
import { Button, FailureNotice, Notice, useStore } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { namesOf } from './wall-people.ts'

type OffersProps = { readonly feed: WallFeed; readonly visits: readonly WallVisit[] }

/** What colleagues offer to this wall, and who took what it had offered (OV-7). */
export function Offers({ feed, visits }: OffersProps) {
  const { t } = useTranslation()
  const { offers, lastTaker } = useStore(feed.handovers)
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  const answer = async (offerId: string, isAccepted: boolean) => {
    const reply = await feed.answerOffer(offerId, isAccepted)
    setFailure(reply.ok ? null : reply.code)
  }
  return (
    <div role="status" className="vv-wall__offers">
      {lastTaker !== null && <p className="vv-soft">{t('coverage.taken', { name: lastTaker })}</p>}
      {failure !== null && <FailureNotice code={failure} />}
      {offers.map((offer) => (
        <OfferNotice
          key={offer.offerId}
          offer={offer}
          visits={visits}
          onAnswer={(isAccepted) => void answer(offer.offerId, isAccepted)}
        />
      ))}
    </div>
  )
}

type NoticeProps = {
  readonly offer: WallOffer
  readonly visits: readonly WallVisit[]
  readonly onAnswer: (isAccepted: boolean) => void
}

function OfferNotice({ offer, visits, onAnswer }: NoticeProps) {
  const { t } = useTranslation()
  const offered = visits.filter(({ visitId }) => offer.visitIds.includes(visitId))
  const names = offered.map((visit) => `${namesOf(visit, 'VISITOR')} – ${namesOf(visit, 'INMATE')}`)
  const count = offer.visitIds.length
  const name = offer.fromName ?? ''
  return (
    <Notice tone={offer.cause === 'COLLEAGUE' ? 'plain' : 'warn'}>
      <p>
        {t(`coverage.offerOf.${offer.cause}`, { name, count })}{' '}
        <span className="vv-soft">{names.slice(0, NAMES_SHOWN).join('; ')}</span>
      </p>
      <div className="vv-row">
        <Button isSmall onClick={() => onAnswer(true)}>
          {t('coverage.accept')}
        </Button>
        <Button look="quiet" isSmall onClick={() => onAnswer(false)}>
          {t('coverage.decline')}
        </Button>
      </div>
    </Notice>
  )
}

/** The rest is seen once it is taken. */
const NAMES_SHOWN = 3
