import { Button, FailureNotice, Notice, Progress } from '@visavis/ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemList, isGood, useInstantWords } from './CheckWords.tsx'
import { useCheck } from './use-check.ts'
import type { Check } from './use-check.ts'

type CheckNowProps = {
  readonly recordingId: string
  /** Which part of the visit it is, in words; for whoever hears the button alone. */
  readonly label: string
  readonly onDone: () => void
  /** What else can be done about the recording, in the same row. */
  readonly children: ReactNode
}

/** Compares the files with what was signed, while somebody waits, and says how that came out. */
export function CheckNow({ recordingId, label, onDone, children }: CheckNowProps) {
  const { t } = useTranslation()
  const { checking, check } = useCheck(recordingId, onDone)
  const isRunning = checking.phase === 'running'
  return (
    <div className="vv-stack vv-stack--close">
      <div className="vv-row">
        <Button look="secondary" isSmall aria-label={label} isBusy={isRunning} onClick={check}>
          {t('proof.checkNow')}
        </Button>
        {children}
      </div>
      {isRunning && <Progress words={t('proof.checking')} />}
      {checking.phase === 'failed' && <FailureNotice code={checking.code} />}
      <div role="status">{checking.phase === 'done' && <Outcome check={checking.check} />}</div>
    </div>
  )
}

function Outcome({ check }: { check: Check }) {
  const { t } = useTranslation()
  const time = useInstantWords()(check.checkedAt)
  if (isGood(check)) return <Notice tone="good" title={t('proof.checkedOk', { time })} />
  return (
    <Notice tone="bad" title={t('proof.checkedBad', { time })}>
      <ProblemList check={check} />
      <p>{t('proof.badNext')}</p>
    </Notice>
  )
}
