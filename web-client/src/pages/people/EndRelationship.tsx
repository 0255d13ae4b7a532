import { Button, ConfirmDialog, FailureNotice } from '@visavis/ui'
import type { FailureCode } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../session/session.ts'

type EndProps = { readonly relationshipId: string; readonly onDone: () => void }

/** The way out of an agreement: nobody has to go on with visits. */
export function EndRelationship({ relationshipId, onDone }: EndProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const [isAsking, setIsAsking] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [code, setCode] = useState<FailureCode | null>(null)
  const end = async () => {
    setIsBusy(true)
    const result = await call('endRelationship', { params: { relationshipId } })
    setIsBusy(false)
    setIsAsking(false)
    setCode(result.ok ? null : result.code)
    if (result.ok) onDone()
  }
  return (
    <div>
      {code !== null && <FailureNotice code={code} />}
      <Button look="quiet" onClick={() => setIsAsking(true)}>
        {t('people.end')}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={t('people.endTitle')}
          confirmLabel={t('people.endConfirm')}
          cancelLabel={t('people.endKeep')}
          isBusy={isBusy}
          onConfirm={() => void end()}
          onCancel={() => setIsAsking(false)}
        >
          <p>{t('people.endBody')}</p>
        </ConfirmDialog>
      )}
    </div>
  )
}
