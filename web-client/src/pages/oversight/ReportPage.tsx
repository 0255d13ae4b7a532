import { Button, SummaryList, useResource } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { useSession } from '../../session/session.ts'
import { Loaded } from '../office/parts/Loaded.tsx'
import { OfficeFrame } from '../office/parts/OfficeFrame.tsx'
import { useOffice } from '../office/parts/use-office.ts'
import { ShiftFigures } from './ShiftFigures.tsx'

/** A signed report as it was, to be read and printed. */
export function ReportPage() {
  const { reportId = '' } = useParams()
  const { t } = useTranslation()
  const { call } = useSession()
  const { clock, span, short } = useOffice()
  const loaded = useResource(
    useCallback(() => call('shiftReport', { params: { reportId } }), [call, reportId]),
  )
  return (
    <OfficeFrame title={t('oversight.shift.reportTitle')} back="/office/shift">
      <Loaded from={loaded}>
        {({ figures, from, to, wing, writtenBy, createdAt, note }) => (
          <>
            <SummaryList
              rows={[
                { term: t('oversight.shift.span'), value: span(from, to) },
                {
                  term: t('oversight.shift.wing'),
                  value: wing ?? t('oversight.shift.allWings'),
                },
                { term: writtenBy, value: short(createdAt) },
              ]}
            />
            <section className="vv-stack vv-stack--near">
              <h2>{t('oversight.shift.note')}</h2>
              <p className="vv-typed">{note === '' ? t('oversight.shift.noNote') : note}</p>
            </section>
            <ShiftFigures shift={figures} clock={clock} />
            <div className="vv-no-print">
              <Button look="secondary" onClick={() => window.print()}>
                {t('oversight.shift.print')}
              </Button>
            </div>
          </>
        )}
      </Loaded>
    </OfficeFrame>
  )
}
