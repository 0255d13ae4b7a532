import { FailureNotice, Progress, SelectField } from '@visavis/ui'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useMe, useSession } from '../../session/session.ts'
import { usePolled } from '../host/use-polled.ts'
import { OfficeFrame } from '../office/parts/OfficeFrame.tsx'
import { useOffice } from '../office/parts/use-office.ts'
import { ReportForm } from './ReportForm.tsx'
import { ReportList } from './ReportList.tsx'
import { ShiftFigures } from './ShiftFigures.tsx'
import { SPANS, spanOf } from './shift-span.ts'
import type { SpanName } from './shift-span.ts'

/** What somebody leaves open on a second screen should not be older than a glance. */
const REFRESH_MS = 15_000

const EVERY_WING = ''

/** A shift at a glance: what runs, who waited, what happened, how much was watched, what is left. */
export function ShiftPage() {
  const { t } = useTranslation()
  const { role } = useMe()
  const [name, setName] = useState<SpanName>('today')
  const [wing, setWing] = useState(EVERY_WING)
  const [signed, setSigned] = useState(0)
  const { clock, span } = useOffice()
  const { shift, failure } = useShift(name, wing)
  return (
    <OfficeFrame title={t('oversight.shift.title')}>
      <div className="vv-row vv-no-print">
        <SelectField
          label={t('oversight.shift.span')}
          value={name}
          options={SPANS.map((value) => ({ value, label: t(`oversight.shift.spans.${value}`) }))}
          onChoose={(value) => setName(SPANS.find((one) => one === value) ?? name)}
        />
        <SelectField
          label={t('oversight.shift.wing')}
          value={wing}
          options={[
            { value: EVERY_WING, label: t('oversight.shift.allWings') },
            ...(shift?.wings ?? []).map((value) => ({ value, label: value })),
          ]}
          onChoose={setWing}
        />
        {role !== 'scheduler' && <Link to="/office/watching">{t('nav.watching')}</Link>}
      </div>
      {failure !== null && <FailureNotice code={failure} />}
      {shift === null ? (
        <Progress />
      ) : (
        <>
          <p className="vv-soft vv-small">
            {span(shift.from, shift.to)} · {t('oversight.shift.updated', { time: clock(shift.at) })}
          </p>
          <ShiftFigures shift={shift} clock={clock} />
          {role !== 'scheduler' && (
            <ReportForm
              span={() => ({ ...spanNow(name, shift.timeZone), ...wingOf(wing) })}
              onSigned={() => setSigned(signed + 1)}
            />
          )}
        </>
      )}
      <ReportList key={signed} />
    </OfficeFrame>
  )
}

function spanNow(name: SpanName, timeZone: string) {
  return spanOf(name, { nowMs: Date.now(), timeZone })
}

function wingOf(wing: string): { wing?: string } {
  return wing === EVERY_WING ? {} : { wing }
}

/** The figures of the chosen stretch, which moves on with the clock. */
function useShift(name: SpanName, wing: string) {
  const { call } = useSession()
  const { timeZone } = useOffice()
  const load = useCallback(
    () => call('shift', { query: { ...spanNow(name, timeZone), ...wingOf(wing) } }),
    [call, name, timeZone, wing],
  )
  const { data, failure } = usePolled(load, REFRESH_MS)
  return { shift: data, failure }
}
