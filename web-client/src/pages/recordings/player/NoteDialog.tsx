import { useTranslation } from 'react-i18next'
import { textOf } from '../../../forms/form-text.ts'
import { problemIf } from '../../../forms/use-problems.ts'
import { useSession } from '../../../session/session.ts'
import { AreaField } from '../../office/parts/Fields.tsx'
import { FormDialog } from '../../office/parts/FormDialog.tsx'
import { useAct } from '../../office/parts/use-act.ts'
import { placeClock } from './line-words.ts'

type NoteDialogProps = {
  readonly playId: string
  /** The moment, in ms on the visit's line. */
  readonly atMs: number
  readonly onClose: () => void
  readonly onWritten: () => void
}

const TEXT_ID = 'review-note'

/** A note at a moment of the recording, or about the whole. */
export function NoteDialog({ playId, atMs, onClose, onWritten }: NoteDialogProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const write = async (form: FormData) => {
    const body = {
      text: textOf(form, 'text').trim(),
      atMs: form.has('isOfWhole') ? null : Math.round(atMs),
    }
    const written = await act.run(() => call('writeReviewNote', { params: { playId }, body }))
    if (written === null) return
    onWritten()
    onClose()
  }
  return (
    <FormDialog
      title={t('player.noteAt', { time: placeClock(atMs) })}
      submitLabel={t('player.noteKeep')}
      act={act}
      check={(form) =>
        problemIf(textOf(form, 'text').trim() === '', TEXT_ID, t('player.noteMissing'))
      }
      onSubmit={(form) => void write(form)}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <AreaField
            fieldId={TEXT_ID}
            name="text"
            label={t('player.noteText')}
            hint={t('player.noteHint')}
            error={errorOf(TEXT_ID)}
          />
          <label className="vv-check-box">
            <input type="checkbox" name="isOfWhole" />
            <span>{t('player.noteOfWhole')}</span>
          </label>
        </>
      )}
    </FormDialog>
  )
}
