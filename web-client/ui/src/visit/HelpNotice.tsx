import type { SeatCall } from '@visavis/call'
import type { VisitSnapshot } from '@visavis/contract/visit'
import { useTranslation } from 'react-i18next'
import { Button, Notice } from '../index.ts'

type HelpNoticeProps = {
  readonly help: VisitSnapshot['help']
  readonly call: Pick<SeatCall, 'help'>
}

/** That somebody was called, and what they answer; until the caller needs it no more. */
export function HelpNotice({ help, call }: HelpNoticeProps) {
  const { t } = useTranslation()
  return (
    <div role="status">
      {help !== null && (
        <Notice tone={help.answer === null ? 'warn' : 'good'} icon="help">
          <p>{t(help.answer === null ? 'help.called' : `help.answer.${help.answer}`)}</p>
          <Button look="secondary" isSmall onClick={() => void call.help(null)}>
            {t(help.answer === null ? 'help.takeBack' : 'help.thanks')}
          </Button>
        </Notice>
      )}
    </div>
  )
}
