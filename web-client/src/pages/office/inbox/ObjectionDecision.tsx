import { Button, FailureNotice, SummaryList, useResource } from '@visavis/ui'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../../api/api.ts'
import { textOf } from '../../../forms/form-text.ts'
import { useSession } from '../../../session/session.ts'
import { AreaField } from '../parts/Fields.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { useAct } from '../parts/use-act.ts'
import { useOffice } from '../parts/use-office.ts'
import { useSettle } from './SettleTask.tsx'
import type { DecisionProps } from './TaskPanel.tsx'

const SHORTEST = 3

/** Somebody objects to having been recorded: what they say, and the answer they read (RC-7). */
export function ObjectionDecision({ task, onDone }: DecisionProps) {
  const { call } = useSession()
  const objectionId = task.subjectId ?? ''
  const load = useCallback(
    () => call('objection', { params: { objectionId } }),
    [call, objectionId],
  )
  return (
    <Loaded from={useResource(load)}>
      {(objection) => (
        <>
          <Facts objection={objection} />
          <AnswerForm task={task} onDone={onDone} />
        </>
      )}
    </Loaded>
  )
}

function Facts({ objection }: { objection: Reply<'objection'> }) {
  const { t } = useTranslation()
  const { short } = useOffice()
  const { startsAt, code, text, party, destroyAfter, isHeld } = objection
  return (
    <>
      <SummaryList
        rows={[
          { term: t(`party.${party}`), value: t(`recorded.code.${code}`) },
          { term: t('recordingTask.objects', { when: short(startsAt) }), value: text },
        ]}
      />
      {destroyAfter !== null && <p>{t('recordingTask.until', { when: short(destroyAfter) })}</p>}
      {isHeld && <p>{t('recordingTask.held')}</p>}
    </>
  )
}

function AnswerForm({ task, onDone }: DecisionProps) {
  const { t } = useTranslation()
  const act = useAct()
  const settle = useSettle(task)
  const [problem, tell] = useState<string | null>(null)
  const send = async (state: 'DONE' | 'DISMISSED', answer: string) => {
    tell(answer.length < SHORTEST ? t('officeForm.reasonMissing') : null)
    if (answer.length < SHORTEST) return
    if ((await act.run(() => settle(state, answer))) !== null) onDone(t('officeInbox.closed'))
  }
  return (
    <form
      className="vv-stack vv-stack--close"
      onSubmit={(event) => {
        event.preventDefault()
        const isAgreed = event.nativeEvent.submitter?.getAttribute('value') !== 'DISMISSED'
        const answer = textOf(new FormData(event.currentTarget), 'answer').trim()
        void send(isAgreed ? 'DONE' : 'DISMISSED', answer)
      }}
    >
      <AreaField
        fieldId="objection-answer"
        name="answer"
        label={t('recordingTask.answer')}
        hint={t('recordingTask.answerHint')}
        error={problem}
      />
      {act.failure && <FailureNotice code={act.failure.code} />}
      <div className="vv-row">
        <Button type="submit" isBusy={act.isBusy}>
          {t('recordingTask.agree')}
        </Button>
        <Button type="submit" look="secondary" value="DISMISSED" isBusy={act.isBusy}>
          {t('recordingTask.dismiss')}
        </Button>
      </div>
    </form>
  )
}
