import { useTranslation } from 'react-i18next'
import { useSession } from '../../../session/session.ts'
import { RejectForm } from '../inbox/RejectForm.tsx'
import type { RejectedField, RejectionReason } from '../inbox/RejectForm.tsx'
import type { VisitorFile } from '../parts/types.ts'
import { useAct } from '../parts/use-act.ts'

type RevokeProps = {
  readonly visitor: VisitorFile['visitor']
  readonly onDone: (words: string) => void
}

const REASONS: readonly RejectionReason[] = [
  'DOCUMENT_NOT_ACCEPTED',
  'DOCUMENT_EXPIRED',
  'NAME_DIFFERS',
  'BIRTH_DATE_DIFFERS',
  'FACILITY_DECISION',
]
const FIELDS: readonly RejectedField[] = ['ID_FRONT', 'ID_BACK', 'PHOTO', 'NAME', 'BIRTH_DATE']

/** Takes a confirmation back: the person counts as unknown, and visits to come get a task each. */
export function RevokeVerification({ visitor, onDone }: RevokeProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const { visitorId, version } = visitor
  const revoke = async (reason: RejectionReason, field: RejectedField | null) => {
    const given = { params: { visitorId }, body: { version, reason, field } }
    const done = await act.run(() => call('revokeVerification', given))
    if (done === null) return
    onDone(t('officePeople.revoked', { count: done.affectedVisits.length }))
  }
  return (
    <RejectForm
      summary={t('officePeople.revoke')}
      reasons={REASONS}
      fields={FIELDS}
      isBusy={act.isBusy}
      failure={act.failure?.code ?? null}
      onReject={(reason, field) => void revoke(reason, field)}
    />
  )
}
