import { Button, FailureNotice, Notice, RadioGroup, useResource } from '@visavis/ui'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../session/session.ts'
import { Loaded } from '../parts/Loaded.tsx'
import { useAct } from '../parts/use-act.ts'
import { sureCandidate } from './match-rules.ts'
import type { Request } from './match-rules.ts'
import { MatchTable } from './MatchTable.tsx'
import { RejectForm } from './RejectForm.tsx'
import type { RejectedField, RejectionReason } from './RejectForm.tsx'
import type { DecisionProps } from './TaskPanel.tsx'

const REASONS: readonly RejectionReason[] = [
  'NOT_CONFIRMED',
  'RELATIONSHIP_NOT_PROVEN',
  'FACILITY_DECISION',
]
const FIELDS: readonly RejectedField[] = ['INMATE', 'KIND', 'NAME', 'BIRTH_DATE']

/** Who asks to meet whom, and whether the person typed is the person inside (EL-3). */
export function RelationshipDecision({ task, onDone }: DecisionProps) {
  const { call } = useSession()
  const requestId = task.subjectId ?? ''
  const load = useCallback(
    () => call('relationshipRequest', { params: { requestId } }),
    [call, requestId],
  )
  return (
    <Loaded from={useResource(load)}>
      {(request) => <RequestDecision request={request} onDone={onDone} />}
    </Loaded>
  )
}

type RequestProps = Pick<DecisionProps, 'onDone'> & { readonly request: Request }

function RequestDecision({ request, onDone }: RequestProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const no = useAct()
  const { requestId, version } = request
  const reject = async (reason: RejectionReason, field: RejectedField | null) => {
    const body = { decision: 'REJECT', version, reason, field } as const
    const done = await no.run(() =>
      call('decideRelationshipRequest', { params: { requestId }, body }),
    )
    if (done !== null) onDone(t('officeInbox.rejected'))
  }
  return (
    <>
      <p>
        {t('officeInbox.asksAs', {
          name: `${request.visitor.givenName} ${request.visitor.familyName}`,
          kind: t(`relationshipKind.${request.kind}`),
        })}
      </p>
      <Notice
        tone={request.match === 'EXACT' ? 'good' : 'warn'}
        title={t(`officeInbox.match.${request.match}`)}
      />
      <MatchTable request={request} />
      <Approval request={request} onDone={onDone} />
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

function Approval({ request, onDone }: RequestProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const [inmateId, choose] = useState(sureCandidate(request))
  const [isAsked, setIsAsked] = useState(false)
  const { requestId, version, candidates } = request
  if (candidates.length === 0) return null
  const approve = async () => {
    setIsAsked(true)
    if (inmateId === null) return
    const body = { decision: 'APPROVE', version, inmateId } as const
    const done = await act.run(() =>
      call('decideRelationshipRequest', { params: { requestId }, body }),
    )
    if (done !== null) onDone(t('officeInbox.approved'))
  }
  return (
    <>
      <RadioGroup
        legend={t('officeInbox.whoIsMeant')}
        value={inmateId}
        options={candidates.map(({ inmate }) => ({
          value: inmate.inmateId,
          label: `${inmate.givenName} ${inmate.familyName} (${inmate.inmateNumber})`,
        }))}
        error={isAsked && inmateId === null ? t('officeInbox.whoMissing') : null}
        onChoose={choose}
      />
      {act.failure && <FailureNotice code={act.failure.code} />}
      <div>
        <Button isBusy={act.isBusy} onClick={() => void approve()}>
          {t('officeInbox.approve')}
        </Button>
      </div>
    </>
  )
}
