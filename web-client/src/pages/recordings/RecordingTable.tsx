import { Tag, buttonClass, clockTime, minutesAndSeconds, shortDate } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { canBePlayed, toneOf } from './search-rules.ts'
import type { RecordedVisit } from './search-rules.ts'

const HEADS = ['when', 'people', 'terminal', 'length', 'state', 'marks', 'kept', 'action'] as const

/** Recorded visits, one a row; on a narrow window a card each. */
export function RecordingTable({ visits }: { visits: readonly RecordedVisit[] }) {
  const { t } = useTranslation()
  return (
    <table className="vv-table vv-table--dense vv-table--cards vv-recordings">
      <thead>
        <tr>
          {HEADS.map((head) => (
            <th key={head} scope="col">
              {t(`recordings.head.${head}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {visits.map((visit) => (
          <RecordingRow key={visit.visitId} visit={visit} />
        ))}
      </tbody>
    </table>
  )
}

function RecordingRow({ visit }: { visit: RecordedVisit }) {
  const { t, i18n } = useTranslation()
  const options = { language: i18n.language, timeZone: visit.facility.timeZone }
  const when = `${shortDate(visit.startsAt, options)}, ${clockTime(visit.startsAt, options)}`
  const { inmate, visitors, terminalName, state, outcome, visitId } = visit
  return (
    <tr>
      <th scope="row" className="vv-numbers">
        {when}
      </th>
      <td data-label={t('recordings.head.people')}>
        <strong>{inmate.name}</strong>{' '}
        <span className="vv-numbers vv-together">{inmate.inmateNumber}</span>
        <br />
        {visitors.join(', ')}
      </td>
      <td data-label={t('recordings.head.terminal')}>{terminalName}</td>
      <td data-label={t('recordings.head.length')} className="vv-numbers">
        {minutesAndSeconds(visit.durationMs)}
      </td>
      <td data-label={t('recordings.head.state')}>
        <Tag tone={toneOf(state)}>{t(`recordings.stateName.${state}`)}</Tag>
        {outcome !== null && (
          <span className="vv-recordings__outcome vv-soft">{t(`outcomeShort.${outcome}`)}</span>
        )}
      </td>
      <MarksCell visit={visit} />
      <KeptCell visit={visit} />
      <td>
        {canBePlayed(state) && (
          <Link
            to={`/recordings/${visitId}`}
            className={buttonClass({ look: 'secondary', isSmall: true })}
            aria-label={t('recordings.openLabel', { when, terminal: terminalName })}
          >
            {t('recordings.open')}
          </Link>
        )}
      </td>
    </tr>
  )
}

function MarksCell({ visit: { flags, notes } }: { visit: RecordedVisit }) {
  const { t } = useTranslation()
  return (
    <td data-label={t('recordings.head.marks')}>
      {flags.map((flag, index) => (
        <Tag key={index} tone="warn">
          {t(`coverage.categoryOf.${flag}`)}
        </Tag>
      ))}
      {notes > 0 && <span>{t('recordings.notes', { count: notes })}</span>}
    </td>
  )
}

function KeptCell({ visit }: { visit: RecordedVisit }) {
  const { t, i18n } = useTranslation()
  const { destroyAfter, isHeld, state, facility } = visit
  const options = { language: i18n.language, timeZone: facility.timeZone }
  return (
    <td data-label={t('recordings.head.kept')}>
      {isHeld && <Tag tone="action">{t('recordings.held')}</Tag>}
      {!isHeld && destroyAfter !== null && state !== 'DESTROYED' && (
        <span className="vv-numbers">{shortDate(destroyAfter, options)}</span>
      )}
    </td>
  )
}
