import { Panel, Tag, buttonClass } from '@visavis/ui'
import type { TagTone } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Reply } from '../../api/api.ts'
import { useDateWords } from '../../forms/use-date-words.ts'
import { useSession } from '../../session/session.ts'
import { ConfirmedAct } from './ConfirmedAct.tsx'

type Relationship = Reply<'myRelationships'>['relationships'][number]
type CardProps = { readonly relationship: Relationship; readonly onChange: () => void }

const TONE: Readonly<Record<Relationship['state'], TagTone>> = {
  REQUESTED: 'action',
  APPROVED: 'good',
  REJECTED: 'bad',
  SUSPENDED: 'warn',
  BANNED: 'bad',
  ENDED: 'plain',
  WITHDRAWN: 'plain',
}

/** One person: how far the permission is, what it waits for, what to do. */
export function PersonCard({ relationship, onChange }: CardProps) {
  const { t } = useTranslation()
  const { displayName, facilityName, kind, state, child } = relationship
  return (
    <Panel as="article">
      <div className="vv-stack vv-stack--near">
        <div className="vv-row vv-row--spread">
          <h2 className="vv-card-title">{displayName}</h2>
          <Tag tone={TONE[state]}>{t(`relationshipState.${state}`)}</Tag>
        </div>
        <p className="vv-soft">
          {t(`relationshipKind.${kind}`)} · {facilityName}
        </p>
        {child !== null && <p>{t('people.askedFor', { name: child.displayName })}</p>}
        <State relationship={relationship} onChange={onChange} />
      </div>
    </Panel>
  )
}

function State({ relationship, onChange }: CardProps) {
  const { t } = useTranslation()
  const dateWords = useDateWords()
  const { state, until, requestId } = relationship
  switch (state) {
    case 'REQUESTED':
      return (
        <>
          <Waiting relationship={relationship} />
          {requestId !== null && <Withdraw requestId={requestId} onDone={onChange} />}
        </>
      )
    case 'APPROVED':
      return <Approved relationship={relationship} onChange={onChange} />
    case 'REJECTED':
      return <Rejected relationship={relationship} />
    case 'SUSPENDED':
    case 'BANNED':
      return (
        <p>
          {until === null ? t('people.noDate') : t('people.until', { date: dateWords(until) })}{' '}
          {t('people.appeal')}
        </p>
      )
    case 'ENDED':
    case 'WITHDRAWN':
      return null
  }
}

function Approved({ relationship: { relationshipId }, onChange }: CardProps) {
  const { t } = useTranslation()
  return (
    <>
      <p>
        <Link to="/book" className={buttonClass({ look: 'secondary' })}>
          {t('people.book')}
        </Link>
      </p>
      {relationshipId !== null && (
        <EndRelationship relationshipId={relationshipId} onDone={onChange} />
      )}
    </>
  )
}

function Waiting({
  relationship: { waitsFor, dueAt, createdAt },
}: Pick<CardProps, 'relationship'>) {
  const { t } = useTranslation()
  const dateWords = useDateWords()
  return (
    <div className="vv-stack vv-stack--close">
      {waitsFor !== null && <p>{t(`people.waits.${waitsFor}`)}</p>}
      {dueAt !== null && <p>{t('people.due', { date: dateWords(dueAt) })}</p>}
      <p className="vv-soft vv-small">{t('people.asked', { date: dateWords(createdAt) })}</p>
    </div>
  )
}

function Rejected({ relationship: { rejection } }: Pick<CardProps, 'relationship'>) {
  const { t } = useTranslation()
  if (rejection === null) return null
  const { reason, field } = rejection
  return (
    <div className="vv-stack vv-stack--close">
      <p>
        <strong>
          {t(`rejection.${reason}.what`)}
          {field !== null && ` (${t(`rejectedField.${field}`)})`}
        </strong>
      </p>
      <p>{t(`rejection.${reason}.cure`)}</p>
    </div>
  )
}

function Withdraw({ requestId, onDone }: { requestId: string; onDone: () => void }) {
  const { call } = useSession()
  const withdraw = () => call('withdrawRelationship', { params: { requestId } })
  return <ConfirmedAct verb="withdraw" act={withdraw} onDone={onDone} />
}

type EndProps = { readonly relationshipId: string; readonly onDone: () => void }

/** The way out of an agreement: nobody has to go on with visits. */
function EndRelationship({ relationshipId, onDone }: EndProps) {
  const { call } = useSession()
  const end = () => call('endRelationship', { params: { relationshipId } })
  return <ConfirmedAct verb="end" act={end} onDone={onDone} />
}
