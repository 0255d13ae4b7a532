import type { SeatCall } from '@visavis/call'
import type { ErrorCode } from '@visavis/contract/errors'
import type { WarningView } from '@visavis/contract/interventions'
import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useModal } from '../hooks/use-modal.ts'
import { Button, FailureNotice, Icon } from '../index.ts'
import { playAlarm } from './chime.ts'
import { isSameLanguage, wordsFor } from './warning-words.ts'

type WarningProps = {
  readonly warning: WarningView
  readonly call: Pick<SeatCall, 'acknowledge'>
}

/** An officer's warning over everything else: seen, heard and flashed until it is acknowledged (OV-5). */
export function WarningDialog({ warning, call }: WarningProps) {
  const { t } = useTranslation()
  const dialog = useModal()
  const [titleId, textId] = [useId(), useId()]
  const { toldTimes } = warning
  useEffect(() => playAlarm(), [toldTimes])
  return (
    <dialog
      ref={dialog}
      role="alertdialog"
      className="vv-dialog vv-warning"
      aria-labelledby={titleId}
      aria-describedby={textId}
      // Only the button says that it was read.
      onCancel={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.preventDefault()
      }}
    >
      {/* Told again, it flashes anew. */}
      <span key={toldTimes} className="vv-warning__flash" aria-hidden="true" />
      <div className="vv-stack vv-stack--near">
        <h2 id={titleId} className="vv-warning__title">
          <Icon name="alert" size="1.5em" />
          {t('warning.title')}
        </h2>
        <div id={textId} className="vv-stack vv-stack--close">
          <WarningWords warning={warning} />
        </div>
        {toldTimes > 1 && <p className="vv-soft">{t('warning.again')}</p>}
        <Acknowledge warning={warning} call={call} />
      </div>
    </dialog>
  )
}

/** What an officer typed is in the officer's language: the reader's own says at least what it is. */
function WarningWords({ warning }: { warning: WarningView }) {
  const { t, i18n } = useTranslation()
  const { text, language } = wordsFor(warning.texts, i18n.language)
  return (
    <>
      {warning.isTyped && (
        <p>{t(isSameLanguage(language, i18n.language) ? 'warning.typed' : 'warning.typedOther')}</p>
      )}
      <p className="vv-warning__text" lang={language} dir="auto">
        {text}
      </p>
    </>
  )
}

function Acknowledge({ warning, call }: WarningProps) {
  const { t } = useTranslation()
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  const acknowledge = async () => {
    setIsBusy(true)
    const reply = await call.acknowledge(warning.warningId)
    setIsBusy(false)
    setFailure(reply.ok ? null : reply.code)
  }
  return (
    <>
      {failure !== null && <FailureNotice code={failure} />}
      <div className="vv-row">
        <Button autoFocus isBusy={isBusy} onClick={() => void acknowledge()}>
          {t('warning.understood')}
        </Button>
      </div>
    </>
  )
}
