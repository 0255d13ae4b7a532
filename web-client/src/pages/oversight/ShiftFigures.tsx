import { StateTag, SummaryList, minutesAndSeconds } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../api/api.ts'
import { CoverageBars } from './CoverageBars.tsx'
import { HoursChart } from './HoursChart.tsx'
import { AdviceTable } from './AdviceTable.tsx'
import { OpenTasks } from './OpenTasks.tsx'
import { useIncidentWords } from './use-incident-words.ts'

type Shift = Reply<'shift'>
type FiguresProps = { readonly shift: Shift; readonly clock: (instant: string) => string }

const OPEN = ['running', 'unwatched', 'helpCalls', 'tasks', 'flags'] as const

/** Everything that a shift's page and its report show. */
export function ShiftFigures({ shift, clock }: FiguresProps) {
  const { t } = useTranslation()
  return (
    <div className="vv-shift">
      <section className="vv-stack vv-stack--near">
        <h2>{t('oversight.shift.open')}</h2>
        <SummaryList
          rows={OPEN.map((key) => ({
            term: t(`oversight.shift.openOf.${key}`),
            value: String(shift.open[key]),
          }))}
        />
        <OpenTasks tasks={shift.openTasks} />
      </section>
      <section className="vv-stack vv-stack--near">
        <h2>{t('oversight.shift.coverage')}</h2>
        <CoverageBars coverage={shift.coverage} />
        <h2>{t('oversight.shift.waits')}</h2>
        <Waits waits={shift.waits} />
        <h2>{t('oversight.shift.advice')}</h2>
        <AdviceTable advice={shift.advice} />
      </section>
      <section className="vv-stack vv-stack--near vv-shift__wide">
        <h2>{t('oversight.shift.hours')}</h2>
        <HoursChart hours={shift.hours} clock={clock} />
      </section>
      <section className="vv-stack vv-stack--near">
        <h2>{t('oversight.shift.incidents')}</h2>
        <Incidents incidents={shift.incidents} clock={clock} />
      </section>
      <section className="vv-stack vv-stack--near">
        <h2>{t('oversight.shift.visits')}</h2>
        <Visits visits={shift.visits} clock={clock} />
      </section>
    </div>
  )
}

const WAITS = ['help', 'admission'] as const

function Waits({ waits }: { waits: Shift['waits'] }) {
  const { t } = useTranslation()
  const words = (ms: number | null): string => (ms === null ? '–' : minutesAndSeconds(ms))
  return (
    <div className="vv-office__scroll">
      <table className="vv-table vv-table--dense vv-table--cards">
        <thead>
          <tr>
            <td />
            <th scope="col">{t('oversight.shift.count')}</th>
            <th scope="col">{t('oversight.shift.median')}</th>
            <th scope="col">{t('oversight.shift.p90')}</th>
            <th scope="col">{t('oversight.shift.longest')}</th>
          </tr>
        </thead>
        <tbody>
          {WAITS.map((key) => (
            <tr key={key}>
              <th scope="row">{t(`oversight.shift.waitOf.${key}`)}</th>
              <td className="vv-numbers" data-label={t('oversight.shift.count')}>
                {waits[key].count}
              </td>
              <td className="vv-numbers" data-label={t('oversight.shift.median')}>
                {words(waits[key].medianMs)}
              </td>
              <td className="vv-numbers" data-label={t('oversight.shift.p90')}>
                {words(waits[key].p90Ms)}
              </td>
              <td className="vv-numbers" data-label={t('oversight.shift.longest')}>
                {words(waits[key].longestMs)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type IncidentsProps = Pick<FiguresProps, 'clock'> & { readonly incidents: Shift['incidents'] }

function Incidents({ incidents, clock }: IncidentsProps) {
  const { t } = useTranslation()
  const wordsOf = useIncidentWords()
  if (incidents.length === 0) {
    return <p className="vv-soft">{t('oversight.shift.noIncidents')}</p>
  }
  return (
    <div className="vv-office__scroll">
      <table className="vv-table vv-table--dense">
        <thead>
          <tr>
            <th scope="col">{t('oversight.shift.at')}</th>
            <th scope="col">{t('oversight.shift.terminal')}</th>
            <th scope="col">{t('oversight.shift.what')}</th>
          </tr>
        </thead>
        <tbody>
          {incidents.map((incident, index) => (
            <tr key={`${incident.visitId} ${index}`}>
              <th scope="row" className="vv-numbers">
                {clock(incident.at)}
              </th>
              <td>
                {incident.terminalName} · {incident.wing}
              </td>
              <td>{wordsOf(incident)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type VisitsProps = Pick<FiguresProps, 'clock'> & { readonly visits: Shift['visits'] }

function Visits({ visits, clock }: VisitsProps) {
  const { t } = useTranslation()
  if (visits.length === 0) return <p className="vv-soft">{t('oversight.shift.noVisits')}</p>
  return (
    <div className="vv-office__scroll">
      <table className="vv-table vv-table--dense">
        <thead>
          <tr>
            <th scope="col">{t('oversight.shift.at')}</th>
            <th scope="col">{t('oversight.shift.terminal')}</th>
            <th scope="col">{t('oversight.shift.state')}</th>
          </tr>
        </thead>
        <tbody>
          {visits.map(({ visitId, startsAt, endsAt, state, outcome, ...visit }) => (
            <tr key={visitId}>
              <th scope="row" className="vv-numbers">
                {clock(startsAt)} – {clock(endsAt)}
              </th>
              <td>
                {visit.terminalName} · {visit.wing}
              </td>
              <td>
                {outcome === null ? <StateTag state={state} /> : t(`outcomeShort.${outcome}`)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
