import { Icon, Tag } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { useDateWords } from '../../../forms/use-date-words.ts'
import { matchRows } from './match-rules.ts'
import type { MatchRow, Request } from './match-rules.ts'

/** What was typed beside each person it may mean; what differs is marked by icon and word. */
export function MatchTable({ request }: { request: Request }) {
  const { t } = useTranslation()
  const percent = (likeness: number) => Math.round(likeness * 100)
  return (
    <div
      className="vv-office__scroll"
      role="region"
      aria-label={t('officeInbox.comparison')}
      tabIndex={0}
    >
      <table className="vv-table vv-table--dense vv-table--cards">
        <thead>
          <tr>
            <td />
            <th scope="col">{t('officeInbox.typed')}</th>
            {request.candidates.map(({ inmate, likeness }) => (
              <th key={inmate.inmateId} scope="col">
                {inmate.inmateNumber}{' '}
                <Tag>{t('officeInbox.likeness', { percent: percent(likeness) })}</Tag>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matchRows(request).map((row) => (
            <Row key={row.part} row={row} request={request} />
          ))}
          <tr>
            <th scope="row">{t('officePeople.wing')}</th>
            <td />
            {request.candidates.map(({ inmate }) => (
              <td key={inmate.inmateId} data-label={inmate.inmateNumber}>
                {inmate.wing} · {t(`custody.${inmate.custody}`)}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  )
}

function Row({ row, request }: { row: MatchRow; request: Request }) {
  const { t } = useTranslation()
  const dateWords = useDateWords()
  const shown = (text: string) => (row.part === 'BIRTH_DATE' ? dateWords(text) : text)
  return (
    <tr>
      <th scope="row">{t(`officeInbox.part.${row.part}`)}</th>
      <td data-label={t('officeInbox.typed')}>{shown(row.typed)}</td>
      {row.candidates.map(({ value, differs }, index) => (
        <td
          key={index}
          data-label={request.candidates[index]?.inmate.inmateNumber}
          className={differs ? 'vv-differs' : undefined}
        >
          {shown(value)}
          {differs && (
            <span className="vv-differs__word">
              <Icon name="alert" size="1em" /> {t('officeInbox.differs')}
            </span>
          )}
        </td>
      ))}
    </tr>
  )
}
