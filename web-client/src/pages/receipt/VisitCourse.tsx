import { clockTime, minutesAndSeconds } from '@visavis/ui'
import { timelineWords } from '@visavis/ui/visit/timeline-words.ts'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../api/api.ts'

type Course = NonNullable<Reply<'visitReceipt'>['course']>

/** What happened in a visit, note by note, by the facility's clock; staff read it. */
export function VisitCourse({ course, timeZone }: { course: Course; timeZone: string }) {
  const { i18n } = useTranslation()
  return (
    <ol className="vv-course">
      {course.map((note, index) => (
        <li key={index}>
          <time className="vv-numbers vv-soft" dateTime={note.at}>
            {clockTime(note.at, { language: i18n.language, timeZone })}
          </time>
          <span>
            {note.who !== null && <strong>{note.who}: </strong>}
            <NoteWords note={note} />
          </span>
        </li>
      ))}
    </ol>
  )
}

function NoteWords({ note }: { note: Course[number] }) {
  const { t } = useTranslation()
  const what = timelineWords(t, note).join(', ')
  const { ms } = note.detail
  if (typeof ms !== 'number') return what
  return t('receipt.courseOf', { what, length: minutesAndSeconds(ms) })
}
