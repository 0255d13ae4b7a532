import type { Reply, WallFeed } from '@visavis/call'
import { ConfirmDialog, FailureNotice, Notice, RadioGroup } from '@visavis/ui'
import { useNames } from '@visavis/ui/visit/use-names.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EXTENSION_MINUTES_LIST, takenOf } from './extension.ts'
import type { ExtensionMinutes } from './extension.ts'

type ExtendProps = {
  readonly feed: WallFeed
  readonly visitId: string
  readonly onClose: () => void
}

/** Makes a running visit longer, or says what somebody else has in that time (LV-5). */
export function ExtendVisitDialog({ feed, visitId, onClose }: ExtendProps) {
  const { t } = useTranslation()
  const [minutes, setMinutes] = useState<ExtensionMinutes>(EXTENSION_MINUTES_LIST[0])
  const [isBusy, setIsBusy] = useState(false)
  const [reply, setReply] = useState<Reply | null>(null)
  const extend = async () => {
    setIsBusy(true)
    const answer = await feed.extendVisit(visitId, minutes)
    setIsBusy(false)
    if (answer.ok) onClose()
    else setReply(answer)
  }
  return (
    <ConfirmDialog
      title={t('wall.extendTitle')}
      confirmLabel={t('wall.extendConfirm')}
      confirmLook="primary"
      isBusy={isBusy}
      onConfirm={() => void extend()}
      onCancel={onClose}
    >
      <RadioGroup
        legend={t('wall.extendBy')}
        value={String(minutes)}
        error={null}
        options={EXTENSION_MINUTES_LIST.map((count) => ({
          value: String(count),
          label: t('time.minutes', { count }),
        }))}
        onChoose={(value) => {
          const chosen = EXTENSION_MINUTES_LIST.find((count) => String(count) === value)
          if (chosen !== undefined) setMinutes(chosen)
        }}
      />
      <NotExtended reply={reply} />
    </ConfirmDialog>
  )
}

function NotExtended({ reply }: { reply: Reply | null }) {
  const { t } = useTranslation()
  const names = useNames()
  if (reply === null || reply.ok) return null
  const taken = takenOf(reply)
  if (taken.length === 0) return <FailureNotice code={reply.code} />
  return (
    <Notice tone="warn">
      <p>{t('wall.extendTaken', { what: names(taken.map((kind) => t(`wall.taken.${kind}`))) })}</p>
    </Notice>
  )
}
