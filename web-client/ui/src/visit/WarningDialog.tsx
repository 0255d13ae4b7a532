import type { SeatCall } from '@visavis/call'
import type { ErrorCode } from '@visavis/contract/errors'
import type { WarningView } from '@visavis/contract/interventions'
import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Dialog, FailureNotice, Icon } from '../index.ts'
import { playAlarm } from './chime.ts'
import { isSameLanguage, wordsFor } from './warning-words.ts'

type WarningProps = {
  readonly warning: WarningView
  readonly call: Pick<SeatCall, 'acknowledge'>
}

/** An officer's warning over everything else: seen, heard and flashed until it is acknowledged (OV-5). */
export function WarningDialog({ warning, call }: WarningProps) {
  const { t } = useTranslation()
  const textId = useId()
  const { toldTimes } = warning
  useEffect(() => playAlarm(), [toldTimes])
  return (
    <Dialog
      isAlert
      className="vv-warning"
      title={<WarningTitle />}
      describedBy={textId}
      // Only the button says that it was read.
      onClose={null}
    >
      {/* Told again, it flashes anew. */}
      <span key={toldTimes} className="vv-warning__flash" aria-hidden="true" />
      <div id={textId} className="vv-stack vv-stack--close">
        <WarningWords warning={warning} />
      </div>
      {toldTimes > 1 && <p className="vv-soft">{t('warning.again')}</p>}
      <Acknowledge warning={warning} call={call} />
    </Dialog>
  )
}

function WarningTitle() {
  const { t } = useTranslation()
  return (
    <span className="vv-warning__title">
      <Icon name="alert" size="1.5em" />
      {t('warning.title')}
    </span>
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
