import type { Reply, WallFeed } from '@visavis/call'
import type { AdviceJudgement, AdviceView } from '@visavis/contract/advice'
import type { WallVisit } from '@visavis/contract/visit'
import { Button, FailureNotice, clockTime } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../session/session.ts'
import { useAdviceWords } from './advice-words.ts'

/** What detectors advise of the chosen visit, and the officer's word on it; it changes nothing in the visit (LV-11). */
export function AdvicePanel({ feed, visit }: { feed: WallFeed; visit: WallVisit }) {
  const { t } = useTranslation()
  const [reply, setReply] = useState<Reply | null>(null)
  const judge = (adviceId: string, judgement: AdviceJudgement): void => {
    void feed.judgeAdvice(visit.visitId, adviceId, judgement).then(setReply)
  }
  return (
    <div role="status">
      {visit.advice.length > 0 && (
        <section className="vv-stack vv-stack--close vv-interventions__standing">
          <h3>{t('advice.title')}</h3>
          <p className="vv-small vv-soft">{t('advice.lead')}</p>
          {visit.advice.map((advice) => (
            <AdviceLine key={advice.adviceId} advice={advice} visit={visit} onJudge={judge} />
          ))}
        </section>
      )}
      {reply?.ok === false && <FailureNotice code={reply.code} />}
    </div>
  )
}

type LineProps = {
  readonly advice: AdviceView
  readonly visit: WallVisit
  readonly onJudge: (adviceId: string, judgement: AdviceJudgement) => void
}

function AdviceLine({ advice, visit, onJudge }: LineProps) {
  const { t, i18n } = useTranslation()
  const { facility } = useMe()
  const wordsOf = useAdviceWords()
  const { adviceId, seatId, since, judgement } = advice
  const name = visit.seats.find((seat) => seat.seatId === seatId)?.name ?? ''
  const zone = { language: i18n.language, timeZone: facility?.timeZone ?? 'UTC' }
  return (
    <div className="vv-row">
      <span>
        {wordsOf(advice)}{' '}
        <span className="vv-soft">{t('advice.at', { name, time: clockTime(since, zone) })}</span>
      </span>
      {judgement === null ? (
        <>
          <Button look="secondary" isSmall onClick={() => onJudge(adviceId, 'RIGHT')}>
            {t('advice.right')}
          </Button>
          <Button look="secondary" isSmall onClick={() => onJudge(adviceId, 'FALSE')}>
            {t('advice.false')}
          </Button>
        </>
      ) : (
        <span className="vv-soft">{t(`advice.judged.${judgement}`)}</span>
      )}
    </div>
  )
}
