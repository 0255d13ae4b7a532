import { useResource } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { shiftReportUrls } from '../../api/paths.ts'
import { useSession } from '../../session/session.ts'
import { Loaded } from '../office/parts/Loaded.tsx'
import { useOffice } from '../office/parts/use-office.ts'

/** The reports that were signed, newest first: on a page, on paper, as a file. */
export function ReportList() {
  const { t, i18n } = useTranslation()
  const { call } = useSession()
  const { span } = useOffice()
  const loaded = useResource(useCallback(() => call('shiftReports', {}), [call]))
  return (
    <section className="vv-stack vv-stack--near vv-no-print">
      <h2>{t('oversight.shift.reports')}</h2>
      <Loaded from={loaded}>
        {({ reports }) =>
          reports.length === 0 ? (
            <p className="vv-soft">{t('oversight.shift.noReports')}</p>
          ) : (
            <ul className="vv-list vv-list--near">
              {reports.map(({ reportId, from, to, writtenBy }) => {
                const words = t('oversight.shift.reportOf', {
                  span: span(from, to),
                  name: writtenBy,
                })
                const urls = shiftReportUrls(reportId, i18n.language)
                return (
                  <li key={reportId} className="vv-row">
                    <Link to={`/office/shift/${reportId}`}>{words}</Link>
                    <a href={urls.paper} aria-label={`${t('oversight.shift.pdf')}: ${words}`}>
                      {t('oversight.shift.pdf')}
                    </a>
                    <a
                      href={urls.file}
                      download={`shift-${reportId}.json`}
                      aria-label={`${t('oversight.shift.json')}: ${words}`}
                    >
                      {t('oversight.shift.json')}
                    </a>
                  </li>
                )
              })}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}
