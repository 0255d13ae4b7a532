import { Button, FailureNotice, SummaryList, useResource } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../session/session.ts'
import { useDateWords } from '../../../forms/use-date-words.ts'
import { Loaded } from '../parts/Loaded.tsx'
import type { VisitorFile } from '../parts/types.ts'
import { useAct } from '../parts/use-act.ts'
import { CorrectionDecision } from './CorrectionDecision.tsx'
import { DocumentPictures } from './DocumentPictures.tsx'
import { RejectForm } from './RejectForm.tsx'
import type { RejectedField, RejectionReason } from './RejectForm.tsx'
import type { DecisionProps } from './TaskPanel.tsx'

const REASONS: readonly RejectionReason[] = [
  'PICTURE_BLURRED',
  'PICTURE_CUT_OFF',
  'DOCUMENT_EXPIRED',
  'DOCUMENT_NOT_ACCEPTED',
  'FACE_NOT_VISIBLE',
  'NAME_DIFFERS',
  'BIRTH_DATE_DIFFERS',
  'FACILITY_DECISION',
]
const FIELDS: readonly RejectedField[] = [
  'ID_FRONT',
  'ID_BACK',
  'PHOTO',
  'ADDRESS_PROOF',
  'NAME',
  'BIRTH_DATE',
]

/** Whether the person in the pictures is the person of the name. */
export function VisitorDecision({ task, onDone }: DecisionProps) {
  const { call } = useSession()
  const visitorId = task.visitor?.visitorId ?? ''
  const load = useCallback(() => call('visitor', { params: { visitorId } }), [call, visitorId])
  return (
    <Loaded from={useResource(load)}>
      {({ visitor }) =>
        visitor.correction === null ? (
          <Verification visitor={visitor} onDone={onDone} />
        ) : (
          <CorrectionDecision visitorId={visitor.visitorId} onDone={onDone} />
        )
      }
    </Loaded>
  )
}

type VerificationProps = Pick<DecisionProps, 'onDone'> & {
  readonly visitor: VisitorFile['visitor']
}

/** The documents, what they must agree with, and the yes or no. */
export function Verification({ visitor, onDone }: VerificationProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const yes = useAct()
  const no = useAct()
  const { visitorId, version } = visitor
  const params = { visitorId }
  const verify = async () => {
    const work = () => call('decideVisitor', { params, body: { decision: 'VERIFY', version } })
    if ((await yes.run(work)) !== null) onDone(t('officeInbox.verified'))
  }
  const reject = async (reason: RejectionReason, field: RejectedField | null) => {
    const body = { decision: 'REJECT', version, reason, field } as const
    const done = await no.run(() => call('decideVisitor', { params, body }))
    if (done !== null) onDone(t('officeInbox.rejected'))
  }
  return (
    <>
      <DocumentPictures visitor={visitor} />
      <Identity visitor={visitor} />
      {yes.failure && <FailureNotice code={yes.failure.code} />}
      <div>
        <Button isBusy={yes.isBusy} onClick={() => void verify()}>
          {t('officeInbox.verify')}
        </Button>
      </div>
      <RejectForm
        reasons={REASONS}
        fields={FIELDS}
        isBusy={no.isBusy}
        failure={no.failure?.code ?? null}
        onReject={(reason, field) => void reject(reason, field)}
      />
    </>
  )
}

function Identity({ visitor }: Pick<VerificationProps, 'visitor'>) {
  const { t } = useTranslation()
  const dateWords = useDateWords()
  return (
    <SummaryList
      rows={[
        { term: t('officePeople.name'), value: `${visitor.givenName} ${visitor.familyName}` },
        { term: t('officePeople.birthDate'), value: dateWords(visitor.birthDate) },
        { term: t('officePeople.identity'), value: t(`verification.${visitor.verification}`) },
      ]}
    />
  )
}
