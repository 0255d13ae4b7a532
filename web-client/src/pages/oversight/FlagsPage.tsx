import {
  Button,
  FailureNotice,
  PageHeading,
  Tag,
  shortDate,
  clockTime,
  useResource,
} from '@visavis/ui'
import { useCallback, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Reply } from '../../api/api.ts'
import { useSession } from '../../session/session.ts'
import { AccountPage } from '../AccountPage.tsx'
import { Loaded } from '../office/parts/Loaded.tsx'
import { useAct } from '../office/parts/use-act.ts'

type Flag = Reply<'flagReviews'>['flags'][number]

/** What officers marked, for whoever reviews recordings: look, then say what came of it (OV-6). */
export function FlagsPage() {
  const { t } = useTranslation()
  const { call } = useSession()
  const loaded = useResource(useCallback(() => call('flagReviews', {}), [call]))
  return (
    <AccountPage>
      <div className="vv-stack vv-wide">
        <PageHeading>{t('oversight.flags.title')}</PageHeading>
        <p>{t('oversight.flags.intro')}</p>
        <Loaded from={loaded}>
          {({ flags }, reload) =>
            flags.length === 0 ? (
              <p className="vv-soft">{t('oversight.flags.none')}</p>
            ) : (
              <>
                <Group
                  title={t('oversight.flags.open')}
                  flags={flags.filter(({ state }) => state === 'OPEN')}
                  onDone={reload}
                />
                <Group
                  title={t('oversight.flags.closed')}
                  flags={flags.filter(({ state }) => state !== 'OPEN')}
                  onDone={reload}
                />
              </>
            )
          }
        </Loaded>
      </div>
    </AccountPage>
  )
}

type GroupProps = {
  readonly title: string
  readonly flags: readonly Flag[]
  readonly onDone: () => void
}

function Group({ title, flags, onDone }: GroupProps) {
  if (flags.length === 0) return null
  return (
    <section className="vv-stack vv-stack--near">
      <h2>{title}</h2>
      <ul className="vv-list">
        {flags.map((flag) => (
          <li key={flag.flagId} className="vv-stack vv-stack--close vv-flag">
            <FlagFacts flag={flag} />
            {flag.state === 'OPEN' ? (
              <ReviewForm flag={flag} onDone={onDone} />
            ) : (
              <p className="vv-typed">{flag.resolution}</p>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function FlagFacts({ flag }: { flag: Flag }) {
  const { t, i18n } = useTranslation()
  const options = { language: i18n.language, timeZone: flag.facility.timeZone }
  const when = (instant: string): string =>
    `${shortDate(instant, options)}, ${clockTime(instant, options)}`
  return (
    <>
      <p className="vv-row">
        <strong>{t(`coverage.categoryOf.${flag.category}`)}</strong>
        <span className="vv-numbers">{when(flag.at)}</span>
        <span className="vv-soft">{flag.terminalName}</span>
        {flag.reason !== null && <Tag>{t(`coverage.reasonOf.${flag.reason}`)}</Tag>}
        {flag.isLate && <Tag tone="bad">{t('oversight.flags.late')}</Tag>}
        {flag.state === 'OPEN' && !flag.isLate && (
          <span className="vv-soft">{t('oversight.flags.due', { time: when(flag.dueAt) })}</span>
        )}
      </p>
      {flag.note !== '' && <p className="vv-typed">{flag.note}</p>}
      {flag.recording === null ? (
        <p className="vv-soft">{t('oversight.flags.noRecording')}</p>
      ) : (
        <p>
          <Link to={`/recordings/${flag.recording.visitId}?at=${flag.recording.offsetMs}`}>
            {t('oversight.flags.recording')}
          </Link>
        </p>
      )}
    </>
  )
}

const SHORTEST = 3
const LONGEST = 1000

function ReviewForm({ flag, onDone }: { flag: Flag; onDone: () => void }) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const [resolution, setResolution] = useState('')
  const close = async (state: 'DONE' | 'DISMISSED') => {
    const body = { state, version: flag.version, resolution: resolution.trim() }
    const done = await act.run(() => call('reviewFlag', { params: { flagId: flag.flagId }, body }))
    if (done !== null) onDone()
  }
  const isWritten = resolution.trim().length >= SHORTEST
  return (
    <form
      className="vv-stack vv-stack--close"
      onSubmit={(event) => {
        event.preventDefault()
        if (isWritten) void close('DONE')
      }}
    >
      <ResultField value={resolution} onChange={setResolution} />
      {act.failure !== null && <FailureNotice code={act.failure.code} />}
      <div className="vv-row">
        <Button type="submit" isSmall isBusy={act.isBusy}>
          {t('oversight.flags.done')}
        </Button>
        <Button
          look="secondary"
          isSmall
          onClick={() => {
            if (isWritten) void close('DISMISSED')
          }}
        >
          {t('oversight.flags.dismiss')}
        </Button>
      </div>
    </form>
  )
}

type ResultProps = { readonly value: string; readonly onChange: (value: string) => void }

function ResultField({ value, onChange }: ResultProps) {
  const { t } = useTranslation()
  const resultId = useId()
  return (
    <div className="vv-field">
      <label className="govuk-label" htmlFor={resultId}>
        {t('oversight.flags.result')}
      </label>
      <textarea
        id={resultId}
        className="govuk-textarea"
        rows={2}
        required
        maxLength={LONGEST}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  )
}
