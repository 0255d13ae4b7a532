import type { FlagWords, WallFeed } from '@visavis/call'
import type { ErrorCode } from '@visavis/contract/errors'
import {
  FLAG_CATEGORIES,
  FLAG_REASONS,
  FLAG_UNDO_MS,
  MAX_FLAG_NOTE,
} from '@visavis/contract/flag-kinds'
import type { FlagCategory, FlagReason } from '@visavis/contract/flag-kinds'
import { OPEN_STATES } from '@visavis/contract/session-lifecycle'
import type { WallVisit } from '@visavis/contract/visit'
import { Button, FailureNotice, SelectField } from '@visavis/ui'
import { useEffect, useId, useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useFacilityClock } from './use-facility-clock.ts'

type FlagProps = { readonly feed: WallFeed; readonly visit: WallVisit }

/** Marks this moment of the chosen visit for whoever reviews it later, with a way back (OV-6). */
export function FlagButton({ feed, visit }: FlagProps) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  const [ownId, setOwnId] = useState<string | null>(null)
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  useForget(ownId, setOwnId)
  if (visit.policy.monitor === 'NONE' || !OPEN_STATES.includes(visit.state)) return null
  const flag = async (words: FlagWords) => {
    setIsOpen(false)
    const reply = await feed.flag(visit.visitId, words)
    setFailure(reply.ok ? null : reply.code)
    if (reply.ok) setOwnId(reply.flagId)
  }
  const undo = async (flagId: string) => {
    setOwnId(null)
    const reply = await feed.unflag(visit.visitId, flagId)
    setFailure(reply.ok ? null : reply.code)
  }
  return (
    <section className="vv-stack vv-stack--close" aria-label={t('coverage.flags')}>
      <div className="vv-row">
        <Button
          look="secondary"
          isSmall
          aria-expanded={isOpen}
          aria-keyshortcuts="F"
          onClick={() => setIsOpen(!isOpen)}
        >
          <kbd aria-hidden="true">F</kbd> {t('coverage.flag')}
        </Button>
        <span role="status">
          {ownId !== null && (
            <Button look="quiet" isSmall onClick={() => void undo(ownId)}>
              {t('coverage.flagUndo')}
            </Button>
          )}
        </span>
      </div>
      {isOpen && <FlagForm onFlag={(words) => void flag(words)} onClose={() => setIsOpen(false)} />}
      {failure !== null && <FailureNotice code={failure} />}
      <FlagList visit={visit} />
    </section>
  )
}

/** The way back is there for as long as it leads anywhere. */
function useForget(flagId: string | null, forget: (id: null) => void): void {
  useEffect(() => {
    if (flagId === null) return undefined
    const timer = setTimeout(() => forget(null), FLAG_UNDO_MS)
    return () => clearTimeout(timer)
  }, [flagId, forget])
}

type FormProps = {
  readonly onFlag: (words: FlagWords) => void
  readonly onClose: () => void
}

function FlagForm({ onFlag, onClose }: FormProps) {
  const { t } = useTranslation()
  const [category, setCategory] = useState<FlagCategory>('CONDUCT')
  const [reason, setReason] = useState<FlagReason>('SEEN')
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const note = new FormData(event.currentTarget).get('note')
    onFlag({ category, reason, note: typeof note === 'string' ? note.trim() : '' })
  }
  return (
    <form
      className="vv-stack vv-stack--close"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        // Only the form closes, not the visit.
        event.preventDefault()
        event.stopPropagation()
        onClose()
      }}
    >
      <SelectField
        label={t('coverage.category')}
        value={category}
        options={FLAG_CATEGORIES.map((value) => ({
          value,
          label: t(`coverage.categoryOf.${value}`),
        }))}
        onChoose={(value) => setCategory(FLAG_CATEGORIES.find((one) => one === value) ?? category)}
      />
      <SelectField
        label={t('coverage.reason')}
        value={reason}
        options={FLAG_REASONS.map((value) => ({ value, label: t(`coverage.reasonOf.${value}`) }))}
        onChoose={(value) => setReason(FLAG_REASONS.find((one) => one === value) ?? reason)}
      />
      <NoteField />
      <div className="vv-row">
        <Button type="submit" isSmall>
          {t('coverage.flagNow')}
        </Button>
        <Button look="quiet" isSmall onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}

function NoteField() {
  const { t } = useTranslation()
  const noteId = useId()
  return (
    <div className="vv-field">
      <label className="govuk-label" htmlFor={noteId}>
        {t('coverage.note')}
      </label>
      <textarea
        id={noteId}
        name="note"
        className="govuk-textarea"
        rows={2}
        maxLength={MAX_FLAG_NOTE}
      />
    </div>
  )
}

function FlagList({ visit }: { visit: WallVisit }) {
  const { t } = useTranslation()
  const clock = useFacilityClock()
  if (visit.flags.length === 0) return null
  return (
    <ul className="vv-list vv-list--near vv-small">
      {visit.flags.map(({ flagId, category, note, at }) => (
        <li key={flagId}>
          <time dateTime={at} className="vv-numbers vv-soft">
            {clock(at)}
          </time>{' '}
          <strong>{t(`coverage.categoryOf.${category}`)}</strong>
          {note !== '' && <> – {note}</>}
        </li>
      ))}
    </ul>
  )
}
