import { Button } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../session/session.ts'
import { ReasonDialog } from '../parts/ReasonDialog.tsx'
import { useAct } from '../parts/use-act.ts'

type RefuseOverrideProps = {
  readonly overrideId: string
  readonly onDone: (words: string) => void
}

/** The no to an exception, with its reason (EL-5). */
export function RefuseOverride({ overrideId, onDone }: RefuseOverrideProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const [isOpen, setIsOpen] = useState(false)
  const refuse = async (reason: string) => {
    const given = { params: { overrideId }, body: { reason } }
    if ((await act.run(() => call('refuseOverride', given))) === null) return
    setIsOpen(false)
    onDone(t('officePeople.refused'))
  }
  return (
    <div>
      <Button isSmall look="quiet" onClick={() => setIsOpen(true)}>
        {t('officePeople.refuse')}
      </Button>
      {isOpen && (
        <ReasonDialog
          title={t('officePeople.refuseTitle')}
          submitLabel={t('officePeople.refuse')}
          isDanger
          act={act}
          onReason={(reason) => void refuse(reason)}
          onClose={() => setIsOpen(false)}
        />
      )}
    </div>
  )
}
