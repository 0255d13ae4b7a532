import { Button, ConfirmDialog, FailureNotice } from '@visavis/ui'
import type { FailureCode, Result } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

type ActProps = {
  /** Whose words are asked with. */
  readonly verb: 'end' | 'withdraw'
  readonly act: () => Promise<Result<unknown>>
  readonly onDone: () => void
}

/** A quiet button for something that is asked about first; what was refused is said above it. */
export function ConfirmedAct({ verb, act, onDone }: ActProps) {
  const { t } = useTranslation()
  const [isAsking, setIsAsking] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [code, setCode] = useState<FailureCode | null>(null)
  const confirm = async () => {
    setIsBusy(true)
    const result = await act()
    setIsBusy(false)
    setIsAsking(false)
    setCode(result.ok ? null : result.code)
    if (result.ok) onDone()
  }
  return (
    <div>
      {code !== null && <FailureNotice code={code} />}
      <Button look="quiet" onClick={() => setIsAsking(true)}>
        {t(`people.${verb}`)}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={t(`people.${verb}Title`)}
          confirmLabel={t(`people.${verb}Confirm`)}
          cancelLabel={t(`people.${verb}Keep`)}
          isBusy={isBusy}
          onConfirm={() => void confirm()}
          onCancel={() => setIsAsking(false)}
        >
          <p>{t(`people.${verb}Body`)}</p>
        </ConfirmDialog>
      )}
    </div>
  )
}
