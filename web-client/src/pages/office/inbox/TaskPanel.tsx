import { Notice, Tag } from '@visavis/ui'
import { useEffect, useRef } from 'react'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Task, TaskKind } from '../parts/types.ts'
import { useOffice } from '../parts/use-office.ts'
import { AlarmDecision } from './AlarmDecision.tsx'
import { BookingDecision } from './BookingDecision.tsx'
import { CallDecision } from './CallDecision.tsx'
import { ErasureDecision } from './ErasureDecision.tsx'
import { panelOf } from './inbox-rules.ts'
import { ObjectionDecision } from './ObjectionDecision.tsx'
import { OverrideDecision } from './OverrideDecision.tsx'
import { ProfessionalDecision } from './ProfessionalDecision.tsx'
import { RecordingsDecision } from './RecordingsDecision.tsx'
import { RelationshipDecision } from './RelationshipDecision.tsx'
import { SettleTask } from './SettleTask.tsx'
import { VisitDecision } from './VisitDecision.tsx'
import { VisitorDecision } from './VisitorDecision.tsx'

/** What every decision gets: the task, and whom to tell in words that it is done. */
export type DecisionProps = { readonly task: Task; readonly onDone: (words: string) => void }

/** One task with all that is needed to decide it, and always the way to close it by hand. */
export function TaskPanel({ kind, ...props }: DecisionProps & { kind: TaskKind | null }) {
  const { t } = useTranslation()
  const { task } = props
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <section className="vv-panel vv-inbox__panel" aria-labelledby="task-title">
      <div className="vv-stack">
        <div className="vv-stack vv-stack--close">
          <Link
            className="vv-inbox__back"
            to={kind === null ? '/office/inbox' : `/office/inbox?kind=${kind}`}
          >
            {t('officeInbox.backToList')}
          </Link>
          <h2 ref={heading} id="task-title" tabIndex={-1}>
            {t(`taskKind.${task.kind}`)}
          </h2>
          <TaskFacts task={task} />
        </div>
        <Decision {...props} />
        <SettleTask {...props} />
      </div>
    </section>
  )
}

function TaskFacts({ task }: { task: Task }) {
  const { t } = useTranslation()
  const { short } = useOffice()
  const { visitor, inmate, terminal, suggestion, dueAt, isLate } = task
  return (
    <>
      <p className="vv-row vv-small">
        {isLate && <Tag tone="bad">{t('officeInbox.late')}</Tag>}
        <span className="vv-soft">{t('officeInbox.dueAt', { when: short(dueAt) })}</span>
      </p>
      <p className="vv-row vv-small">
        {visitor && <Link to={`/office/search/visitors/${visitor.visitorId}`}>{visitor.name}</Link>}
        {inmate && <InmateName inmate={inmate} isHere={task.kind !== 'INMATE_TRANSFERRED'} />}
        {terminal && <Link to="/terminals">{terminal.name}</Link>}
      </p>
      {suggestion !== null && (
        <p className="vv-small">
          {t('officeInbox.suggested')} <strong>{t(`suggestion.${suggestion}`)}</strong>
        </p>
      )}
    </>
  )
}

type InmateNameProps = {
  readonly inmate: NonNullable<Task['inmate']>
  /** Still at this facility, so that their page can be read. */
  readonly isHere: boolean
}

function InmateName({ inmate: { inmateId, name, inmateNumber }, isHere }: InmateNameProps) {
  const words = `${name} (${inmateNumber})`
  return isHere ? <Link to={`/office/search/inmates/${inmateId}`}>{words}</Link> : <>{words}</>
}

function Decision(props: DecisionProps) {
  const OfThisKind = DECISIONS[panelOf(props.task)]
  return <OfThisKind {...props} />
}

function NothingToDecide() {
  const { t } = useTranslation()
  return <Notice title={t('officeInbox.plain')} />
}

const DECISIONS: Readonly<Record<ReturnType<typeof panelOf>, ComponentType<DecisionProps>>> = {
  VISITOR: VisitorDecision,
  RELATIONSHIP: RelationshipDecision,
  PROFESSIONAL: ProfessionalDecision,
  BOOKING: BookingDecision,
  VISIT: VisitDecision,
  CALL: CallDecision,
  OVERRIDE: OverrideDecision,
  ALARM: AlarmDecision,
  RECORDINGS: RecordingsDecision,
  OBJECTION: ObjectionDecision,
  ERASURE: ErasureDecision,
  PLAIN: NothingToDecide,
}
