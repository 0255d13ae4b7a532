import type { HelpAnswer, HelpNeed } from '@visavis/contract/help-kinds'
import { Button, Notice, useNow } from '@visavis/ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { answersFor } from './help-answers.ts'

type HelpCallProps = {
  readonly name: string
  readonly call: {
    readonly need: HelpNeed
    readonly calledAt: string
    readonly answer: HelpAnswer | null
  }
  readonly canCome: boolean
  readonly isBusy?: boolean
  readonly onAnswer: (answer: HelpAnswer) => void
  /** How the caller's line fares, and what went wrong. */
  readonly children?: ReactNode
}

const MINUTE_MS = 60_000

/** Who calls for help, what for and since when, with one press for each answer (OV-9). */
export function HelpCall({
  name,
  call,
  canCome,
  isBusy = false,
  onAnswer,
  ...rest
}: HelpCallProps) {
  const { t } = useTranslation()
  const waitedMs = Math.max(0, useNow() - Date.parse(call.calledAt))
  const minutes = Math.floor(waitedMs / MINUTE_MS)
  return (
    <Notice
      tone={call.answer === null ? 'bad' : 'plain'}
      icon="help"
      title={t(`helpDesk.need.${call.need}`, { name })}
    >
      <p>
        {minutes === 0 ? t('helpDesk.justNow') : t('helpDesk.since', { count: minutes })}
        {call.answer !== null && (
          <>
            {' '}
            {t('helpDesk.answered')} <strong>{t(`helpDesk.answer.${call.answer}`)}</strong>
          </>
        )}
      </p>
      {rest.children}
      <div className="vv-row">
        {answersFor({ canCome }).map((answer) => (
          <Button
            key={answer}
            look={answer === 'SEEN' && call.answer === null ? 'primary' : 'secondary'}
            isSmall
            isBusy={isBusy}
            aria-pressed={call.answer === answer}
            onClick={() => onAnswer(answer)}
          >
            {t(`helpDesk.answer.${answer}`)}
          </Button>
        ))}
      </div>
    </Notice>
  )
}
