import { Button } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../session/session.ts'
import { ConfirmTakeBack } from './ConfirmTakeBack.tsx'
import { ReasonDialog } from '../office/parts/ReasonDialog.tsx'
import { useAct } from '../office/parts/use-act.ts'
import { canBeTakenBack, whyNotMine } from './export-rules.ts'
import type { Export } from './export-rules.ts'

type ActsProps = { readonly item: Export; readonly onDone: () => void }
type Asking = 'approve' | 'refuse' | 'takeBack'

/** What can be done about an export; who asked for it sees why somebody else decides (RC-6). */
export function ExportActs({ item, onDone }: ActsProps) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<Asking | null>(null)
  const close = () => setAsking(null)
  const whyNot = whyNotMine(item)
  const isMyDecision = item.state === 'ASKED' && whyNot === null
  return (
    <>
      {item.state === 'ASKED' && whyNot !== null && (
        <p className="vv-soft">{t(`exports.whyNot.${whyNot}`)}</p>
      )}
      <div className="vv-row">
        {isMyDecision && (
          <>
            <Button onClick={() => setAsking('approve')}>{t('exports.approve')}</Button>
            <Button look="secondary" onClick={() => setAsking('refuse')}>
              {t('exports.refuse')}
            </Button>
          </>
        )}
        {canBeTakenBack(item.state) && !isMyDecision && (
          <Button look="secondary" onClick={() => setAsking('takeBack')}>
            {t('exports.takeBack')}
          </Button>
        )}
      </div>
      {(asking === 'approve' || asking === 'refuse') && (
        <Decide item={item} isApproved={asking === 'approve'} onClose={close} onDone={onDone} />
      )}
      {asking === 'takeBack' && <ConfirmTakeBack item={item} onClose={close} onDone={onDone} />}
    </>
  )
}

type DecideProps = ActsProps & { readonly isApproved: boolean; readonly onClose: () => void }

function Decide({ item, isApproved, onClose, onDone }: DecideProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const { exportId, recipient, askedBy } = item
  const decide = async (reason: string) => {
    const body = { isApproved, reason }
    const decided = await act.run(() => call('decideExport', { params: { exportId }, body }))
    if (decided === null) return
    onClose()
    onDone()
  }
  return (
    <ReasonDialog
      title={t(isApproved ? 'exports.approveTitle' : 'exports.refuseTitle')}
      submitLabel={t(isApproved ? 'exports.approve' : 'exports.refuse')}
      isDanger={!isApproved}
      act={act}
      onReason={(reason) => void decide(reason)}
      onClose={onClose}
    >
      <p>{t('exports.decideBody', { recipient, name: askedBy })}</p>
    </ReasonDialog>
  )
}
