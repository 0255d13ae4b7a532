import { Button, FailureNotice, Notice, Panel, shortDate } from '@visavis/ui'
import type { Reply } from '@visavis/ui/api/api.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { callApi } from '../../api/call-api.ts'
import { useLocalTime } from '../../flow/terminal.ts'
import { DeskFrame, Loaded } from './DeskFrame.tsx'
import { loadRecorded, useAct, useTold } from './use-desk.ts'

type Recorded = Reply<'recordedOfInmate'>['visits'][number]

/** The contract's codes, the most usual first; a terminal has no keyboard. */
const CODES = ['NOT_TOLD', 'PRIVILEGED', 'CHILD', 'PRIVATE_MATTER', 'OTHER'] as const

/** What was recorded of the inmate, until when it is kept, who looked, and a way to object (RC-7). */
export function RecordedSection({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation()
  const told = useTold(loadRecorded)
  const [opened, open] = useState<Recorded | null>(null)
  const [isSent, setSent] = useState(false)
  if (opened !== null) {
    const sent = () => {
      open(null)
      setSent(true)
      if (told.phase !== 'loading') told.reload()
    }
    return <Objecting visit={opened} onSent={sent} onBack={() => open(null)} />
  }
  return (
    <DeskFrame title={t('recorded.title')} onBack={onBack}>
      <div role="status">{isSent && <Notice tone="good" title={t('recorded.sent')} />}</div>
      <Loaded from={told}>
        {({ visits, rules }) => (
          <>
            {rules !== null && <p>{t('recorded.rules', { count: rules.social })}</p>}
            {visits.length === 0 && <p>{t('recorded.none')}</p>}
            <ul className="vv-list">
              {visits.map((visit) => (
                <li key={visit.visitId}>
                  <RecordedVisit visit={visit} onObject={() => open(visit)} />
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </DeskFrame>
  )
}

function RecordedVisit({ visit, onObject }: { visit: Recorded; onObject: () => void }) {
  const { t } = useTranslation()
  const local = useLocalTime()
  const { startsAt, isRecorded, objection, keptUntil } = visit
  const name = visit.with
  const day = shortDate(startsAt, local)
  return (
    <Panel as="article">
      <div className="vv-stack vv-stack--near">
        <h2>{t('recorded.with', { name, day })}</h2>
        {isRecorded ? <Kept visit={visit} /> : <p>{t('recorded.notRecorded')}</p>}
        {objection !== null && (
          <>
            <p>{t(`recorded.objection.${objection.state}`)}</p>
            {objection.answer !== null && <p>{objection.answer}</p>}
          </>
        )}
        {objection === null && keptUntil !== null && (
          <div>
            <Button
              look="secondary"
              aria-label={t('recorded.objectLabel', { day })}
              onClick={onObject}
            >
              {t('recorded.objectShort')}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  )
}

const MINUTE_MS = 60_000

function Kept({ visit }: { visit: Recorded }) {
  const { t } = useTranslation()
  const local = useLocalTime()
  const { kept, keptUntil, isHeld, destroyedAt, watched } = visit
  if (destroyedAt !== null) {
    return <p>{t('recorded.destroyed', { day: shortDate(destroyedAt, local) })}</p>
  }
  const what = kept.picture ? (kept.sound ? 'BOTH' : 'PICTURE') : kept.sound ? 'SOUND' : 'NOTHING'
  const until = keptUntil === null ? null : shortDate(keptUntil, local)
  return (
    <>
      <p>{t(`recorded.what.${what}`, { count: Math.ceil(kept.durationMs / MINUTE_MS) })}</p>
      {isHeld ? <p>{t('recorded.held')}</p> : until && <p>{t('recorded.until', { day: until })}</p>}
      {watched.map(({ role, day, times }) => (
        <p key={`${day} ${role}`}>
          {t('recorded.watched', {
            who: t(`recorded.role.${role}`),
            day: shortDate(`${day}T12:00:00Z`, { ...local, timeZone: 'UTC' }),
            count: times,
          })}
        </p>
      ))}
      <p>{t('recorded.delay')}</p>
    </>
  )
}

type ObjectingProps = {
  readonly visit: Recorded
  readonly onSent: () => void
  readonly onBack: () => void
}

/** Why, as one of a few large buttons. */
function Objecting({ visit: { visitId }, onSent, onBack }: ObjectingProps) {
  const { t } = useTranslation()
  const { isBusy, failure, run } = useAct()
  const [key] = useState(() => crypto.randomUUID())
  const send = async (code: (typeof CODES)[number]) => {
    const done = await run(() =>
      callApi('inmateObjects', { params: { visitId }, body: { code }, key }),
    )
    if (done !== null) onSent()
  }
  return (
    <DeskFrame title={t('recorded.chooseWhy')} onBack={onBack}>
      {failure !== null && <FailureNotice code={failure} />}
      <ul className="vv-list">
        {CODES.map((code) => (
          <li key={code}>
            <button
              type="button"
              className="vv-desk__line"
              disabled={isBusy}
              onClick={() => void send(code)}
            >
              <span className="vv-desk__tile-title">{t(`recorded.code.${code}`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </DeskFrame>
  )
}
