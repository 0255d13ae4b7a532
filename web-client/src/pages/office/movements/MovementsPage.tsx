import { Button, Panel, useResource } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { Reply } from '../../../api/api.ts'
import { useDateWords } from '../../../forms/use-date-words.ts'
import { useSession } from '../../../session/session.ts'
import { DayFilters } from '../day/DayFilters.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { OfficeFrame } from '../parts/OfficeFrame.tsx'
import { isDate } from '../parts/office-time.ts'
import type { Movement } from '../parts/types.ts'
import { useOffice } from '../parts/use-office.ts'
import { byWingAndHour } from './movement-rules.ts'
import type { WingMovements } from './movement-rules.ts'

type Movements = Reply<'movements'>

const MINUTES_AN_HOUR = 60

/** Who must be where on a date, by wing and hour; each wing is a sheet of its own on paper. */
export function MovementsPage() {
  const { t } = useTranslation()
  const { call } = useSession()
  const { today } = useOffice()
  const [params] = useSearchParams()
  const asked = params.get('date')
  const date = isDate(asked) ? asked : today
  const load = useCallback(() => call('movements', { query: { date } }), [call, date])
  const from = useResource(load)
  const wings =
    from.phase === 'ready' ? [...new Set(from.data.movements.map(({ wing }) => wing))] : []
  return (
    <OfficeFrame title={t('officeMovements.title')}>
      <DayFilters date={date} wings={wings.toSorted()} hasNames={false} />
      <Loaded from={from}>{(list) => <Sheets list={list} />}</Loaded>
    </OfficeFrame>
  )
}

function Sheets({ list }: { list: Movements }) {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const wing = params.get('wing') ?? ''
  const shown = list.movements.filter((movement) => wing === '' || movement.wing === wing)
  if (shown.length === 0) {
    return (
      <Panel>
        <h2>{t('officeMovements.emptyTitle')}</h2>
        <p className="vv-soft">{t('officeMovements.emptyBody')}</p>
      </Panel>
    )
  }
  return (
    <>
      <div className="vv-row vv-no-print">
        <p className="vv-soft" role="status">
          {t('officeMovements.count', { count: shown.length })}
        </p>
        <Button look="secondary" onClick={() => window.print()}>
          {t('officeMovements.print')}
        </Button>
      </div>
      {byWingAndHour(shown, list.facility.timeZone).map((sheet) => (
        <Sheet key={sheet.wing} sheet={sheet} list={list} />
      ))}
    </>
  )
}

function Sheet({ sheet, list }: { sheet: WingMovements; list: Movements }) {
  const { t } = useTranslation()
  const dateWords = useDateWords()
  const { timeOfDay } = useOffice()
  return (
    <section className="vv-sheet">
      <h2>
        {list.facility.name} · {t('officeMovements.wing', { wing: sheet.wing })}
      </h2>
      <p>{dateWords(list.date)}</p>
      <table className="vv-table vv-table--dense vv-table--cards">
        <thead>
          <tr>
            <th scope="col">{t('officeDay.time')}</th>
            <th scope="col">{t('officePeople.number')}</th>
            <th scope="col">{t('officePeople.name')}</th>
            <th scope="col">{t('officeDay.terminal')}</th>
            <th scope="col">{t('officeMovements.escort')}</th>
            <th scope="col">{t('officeDay.acknowledged')}</th>
          </tr>
        </thead>
        {sheet.hours.map(({ hour, movements }) => (
          <tbody key={hour}>
            <tr className="vv-sheet__hour">
              <th scope="rowgroup" colSpan={6}>
                {timeOfDay(hour * MINUTES_AN_HOUR)}
              </th>
            </tr>
            {movements.map((movement) => (
              <MovementRow key={movement.visitId} movement={movement} />
            ))}
          </tbody>
        ))}
      </table>
    </section>
  )
}

function MovementRow({ movement }: { movement: Movement }) {
  const { t } = useTranslation()
  const { range } = useOffice()
  const { startsAt, endsAt, inmateNumber, inmateName, acknowledgedAt, needsEscort } = movement
  return (
    <tr>
      <th scope="row" className="vv-numbers">
        {range(startsAt, endsAt)}
      </th>
      <td data-label={t('officePeople.number')} className="vv-numbers">
        {inmateNumber}
      </td>
      <td data-label={t('officePeople.name')}>{inmateName}</td>
      <td data-label={t('officeDay.terminal')}>
        {t('officeDay.inWing', { name: movement.terminalName, wing: movement.terminalWing })}
      </td>
      <td data-label={t('officeMovements.escort')}>
        {needsEscort ? <strong>{t('officeMovements.yes')}</strong> : t('officeMovements.no')}
      </td>
      <td data-label={t('officeDay.acknowledged')}>
        {acknowledgedAt === null ? t('officeDay.notYet') : t('officeMovements.yes')}
      </td>
    </tr>
  )
}
