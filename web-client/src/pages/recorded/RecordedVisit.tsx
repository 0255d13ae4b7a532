import { Button, Panel, shortDate } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../api/api.ts'
import { useDateWords } from '../../forms/use-date-words.ts'
import { ObjectionDialog } from './ObjectionDialog.tsx'

export type Recorded = Reply<'recordedOfMe'>['visits'][number]
type VisitProps = { readonly visit: Recorded; readonly onDone: () => void }

/** One visit in plain words: what was kept, until when, and who looked. */
export function RecordedVisit({ visit, onDone }: VisitProps) {
  const { t, i18n } = useTranslation()
  const [isAsking, ask] = useState(false)
  const { startsAt, facility, isRecorded, objection, keptUntil } = visit
  const options = { language: i18n.language, timeZone: facility.timeZone }
  const day = shortDate(startsAt, options)
  return (
    <Panel as="article">
      <div className="vv-stack vv-stack--close">
        <h2>{t('recorded.with', { name: visit.with, day })}</h2>
        {isRecorded ? <Kept visit={visit} /> : <p>{t('recorded.notRecorded')}</p>}
        {isRecorded && <Watched visit={visit} />}
        {objection !== null && <Objected objection={objection} />}
        {objection === null && keptUntil !== null && (
          <div>
            <Button
              look="secondary"
              aria-label={t('recorded.objectLabel', { day })}
              onClick={() => ask(true)}
            >
              {t('recorded.object')}
            </Button>
          </div>
        )}
        {isAsking && (
          <ObjectionDialog
            visitId={visit.visitId}
            onClose={() => ask(false)}
            onDone={() => {
              ask(false)
              onDone()
            }}
          />
        )}
      </div>
    </Panel>
  )
}

const MINUTE_MS = 60_000

function Kept({ visit }: { visit: Recorded }) {
  const { t, i18n } = useTranslation()
  const { facility, kept, keptUntil, isHeld, destroyedAt } = visit
  const options = { language: i18n.language, timeZone: facility.timeZone }
  if (destroyedAt !== null) {
    return <p>{t('recorded.destroyed', { day: shortDate(destroyedAt, options) })}</p>
  }
  const minutes = Math.ceil(kept.durationMs / MINUTE_MS)
  const what = kept.picture ? (kept.sound ? 'BOTH' : 'PICTURE') : kept.sound ? 'SOUND' : 'NOTHING'
  return (
    <>
      <p>{t(`recorded.what.${what}`, { count: minutes })}</p>
      {isHeld ? (
        <p>{t('recorded.held')}</p>
      ) : (
        keptUntil !== null && <p>{t('recorded.until', { day: shortDate(keptUntil, options) })}</p>
      )}
    </>
  )
}

function Watched({ visit: { watched } }: { visit: Recorded }) {
  const { t } = useTranslation()
  const dateWords = useDateWords()
  return (
    <>
      {watched.length > 0 && (
        <ul>
          {watched.map(({ role, day, times }) => (
            <li key={`${day} ${role}`}>
              {t('recorded.watched', {
                who: t(`recorded.role.${role}`),
                day: dateWords(day),
                count: times,
              })}
            </li>
          ))}
        </ul>
      )}
      <p className="vv-soft vv-small">{t('recorded.delay')}</p>
    </>
  )
}

function Objected({ objection }: { objection: NonNullable<Recorded['objection']> }) {
  const { t } = useTranslation()
  return (
    <>
      <p>{t(`recorded.objection.${objection.state}`)}</p>
      {objection.answer !== null && <p className="vv-typed">{objection.answer}</p>}
    </>
  )
}
