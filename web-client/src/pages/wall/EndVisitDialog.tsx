import type { TerminationReason, WallFeed } from '@visavis/call'
import type { ErrorCode } from '@visavis/contract/errors'
import { Button, ConfirmDialog, FailureNotice, RadioGroup, TextField } from '@visavis/ui'
import { wordsFor } from '@visavis/ui/visit/warning-words.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MAX_TYPED } from './InterventionWarn.tsx'
import { useReadyTexts } from './use-ready-texts.ts'
import { TERMINATION_REASON_LIST } from './wall-reasons.ts'

type EndProps = { readonly feed: WallFeed; readonly visitId: string; readonly onClose: () => void }

/** Ends a visit in two steps: the reason first, then the deed (OV-5). */
export function EndVisitDialog(props: EndProps) {
  const [chosen, setChosen] = useState<Chosen | null>(null)
  if (chosen === null) return <ReasonStep onChosen={setChosen} onClose={props.onClose} />
  return <DeedStep {...props} {...chosen} />
}

/** Why, and perhaps the officer's own words for the file. */
type Chosen = { readonly reason: TerminationReason; readonly text: string }

type ReasonStepProps = {
  readonly onChosen: (chosen: Chosen) => void
  readonly onClose: () => void
}

function ReasonStep({ onChosen, onClose }: ReasonStepProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState<TerminationReason | null>(null)
  const [isMissing, setIsMissing] = useState(false)
  const [text, setText] = useState('')
  return (
    <ConfirmDialog
      title={t('wall.endTitle')}
      confirmLabel={t('wall.endNext')}
      onConfirm={() =>
        reason === null ? setIsMissing(true) : onChosen({ reason, text: text.trim() })
      }
      onCancel={onClose}
    >
      <RadioGroup
        legend={t('wall.reason')}
        value={reason}
        error={isMissing && reason === null ? t('wall.reasonMissing') : null}
        options={TERMINATION_REASON_LIST.map((value) => ({
          value,
          label: t(`terminationReason.${value}`),
        }))}
        onChoose={(value) =>
          setReason(TERMINATION_REASON_LIST.find((known) => known === value) ?? null)
        }
      />
      <EndWords text={text} onChange={setText} />
    </ConfirmDialog>
  )
}

type EndWordsProps = { readonly text: string; readonly onChange: (text: string) => void }

/** What is noted of the end, typed or ready; the people of the visit do not see it. */
function EndWords({ text, onChange }: EndWordsProps) {
  const { t, i18n } = useTranslation()
  const ready = useReadyTexts('TERMINATE').map(({ texts }) => wordsFor(texts, i18n.language).text)
  return (
    <>
      <TextField
        label={t('interventions.endText')}
        hint={t('interventions.endTextHint')}
        maxLength={MAX_TYPED}
        value={text}
        autoComplete="off"
        onChange={({ target }) => onChange(target.value)}
      />
      <div className="vv-row">
        {ready.map((words) => (
          <Button key={words} look="quiet" isSmall onClick={() => onChange(words)}>
            {words}
          </Button>
        ))}
      </div>
    </>
  )
}

function DeedStep({ feed, visitId, reason, text, onClose }: EndProps & Chosen) {
  const { t } = useTranslation()
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  const end = async () => {
    setIsBusy(true)
    const reply = await feed.endVisit(visitId, reason, text)
    setIsBusy(false)
    if (reply.ok) onClose()
    else setFailure(reply.code)
  }
  return (
    <ConfirmDialog
      title={t('wall.endSureTitle')}
      confirmLabel={t('wall.endConfirm')}
      isBusy={isBusy}
      onConfirm={() => void end()}
      onCancel={onClose}
    >
      <p>{t('wall.endSureBody', { reason: t(`terminationReason.${reason}`) })}</p>
      {failure !== null && <FailureNotice code={failure} />}
    </ConfirmDialog>
  )
}
