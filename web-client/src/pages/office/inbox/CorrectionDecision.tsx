import { Button, FailureNotice, Notice, SelectField, SummaryList, useResource } from '@visavis/ui'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Reply } from '../../../api/api.ts'
import { useDateWords } from '../../../forms/use-date-words.ts'
import { useSession } from '../../../session/session.ts'
import { Loaded } from '../parts/Loaded.tsx'
import { useAct } from '../parts/use-act.ts'
import { DocumentPictures } from './DocumentPictures.tsx'
import { RejectForm } from './RejectForm.tsx'
import type { RejectionReason } from './RejectForm.tsx'

type Correction = Reply<'correction'>
type CorrectionProps = {
  readonly visitorId: string
  readonly onDone: (words: string) => void
}

const REASONS: readonly RejectionReason[] = [
  'NAME_DIFFERS',
  'BIRTH_DATE_DIFFERS',
  'PICTURE_BLURRED',
  'DOCUMENT_NOT_ACCEPTED',
  'FACILITY_DECISION',
]

/** What a confirmed person wants put right, the document that shows it, and who is like it (EL-3). */
export function CorrectionDecision({ visitorId, onDone }: CorrectionProps) {
  const { call } = useSession()
  const load = useCallback(() => call('correction', { params: { visitorId } }), [call, visitorId])
  return (
    <Loaded from={useResource(load)}>
      {(correction) => (
        <>
          <Change correction={correction} />
          <Alike correction={correction} />
          <DocumentPictures visitor={correction.visitor} />
          <Answer correction={correction} onDone={onDone} />
        </>
      )}
    </Loaded>
  )
}

function Change({ correction: { visitor, asked } }: { correction: Correction }) {
  const { t } = useTranslation()
  const dateWords = useDateWords()
  const words = (one: Correction['asked']) =>
    `${one.givenName} ${one.familyName}, ${dateWords(one.birthDate)}`
  return (
    <SummaryList
      rows={[
        { term: t('officePeople.correctionWas'), value: words(visitor) },
        { term: t('officePeople.correctionAsked'), value: <strong>{words(asked)}</strong> },
      ]}
    />
  )
}

function Alike({ correction: { alike } }: { correction: Correction }) {
  const { t } = useTranslation()
  const dateWords = useDateWords()
  if (alike.length === 0) return null
  return (
    <Notice tone="warn" title={t('officePeople.alike')}>
      <ul className="vv-bullets">
        {alike.map(({ visitor, likeness }) => (
          <li key={visitor.visitorId}>
            <Link to={`/office/search/visitors/${visitor.visitorId}`}>
              {visitor.givenName} {visitor.familyName}
            </Link>
            , {dateWords(visitor.birthDate)} (
            {t('officeInbox.likeness', { percent: Math.round(likeness * 100) })})
          </li>
        ))}
      </ul>
    </Notice>
  )
}

type AnswerProps = { readonly correction: Correction } & Pick<CorrectionProps, 'onDone'>

function Answer({ correction: { visitor }, onDone }: AnswerProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const yes = useAct()
  const no = useAct()
  const { visitorId, version, documents } = visitor
  const [documentId, setDocumentId] = useState(documents[0]?.documentId ?? '')
  const params = { visitorId }
  const approve = async () => {
    const body = { decision: 'APPROVE', version, documentId } as const
    const done = await yes.run(() => call('decideCorrection', { params, body }))
    if (done !== null) onDone(t('officePeople.corrected'))
  }
  const reject = async (reason: RejectionReason) => {
    const body = { decision: 'REJECT', version, reason } as const
    const done = await no.run(() => call('decideCorrection', { params, body }))
    if (done !== null) onDone(t('officeInbox.rejected'))
  }
  const options = documents.map((each) => ({
    value: each.documentId,
    label: t(`rejectedField.${each.kind}`),
  }))
  return (
    <>
      {yes.failure && <FailureNotice code={yes.failure.code} />}
      {documents.length > 0 && (
        <>
          <SelectField
            label={t('officePeople.evidence')}
            value={documentId}
            options={options}
            onChoose={setDocumentId}
          />
          <div>
            <Button isBusy={yes.isBusy} onClick={() => void approve()}>
              {t('officePeople.correct')}
            </Button>
          </div>
        </>
      )}
      <RejectForm
        reasons={REASONS}
        fields={[]}
        isBusy={no.isBusy}
        failure={no.failure?.code ?? null}
        onReject={(reason) => void reject(reason)}
      />
    </>
  )
}
