import { useResource } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useSession } from '../../../session/session.ts'
import { Loaded } from '../parts/Loaded.tsx'
import { OfficeFrame } from '../parts/OfficeFrame.tsx'
import { isDate, mondayOf } from '../parts/office-time.ts'
import { useOffice } from '../parts/use-office.ts'
import { BlackoutEditor } from './BlackoutEditor.tsx'

/** Closes a time; who is booked in it is shown before it is saved. */
export function BlackoutPage() {
  const { t } = useTranslation()
  const { call } = useSession()
  const { today } = useOffice()
  const [params] = useSearchParams()
  const asked = params.get('week')
  const weekOf = mondayOf(isDate(asked) ? asked : today)
  const load = useCallback(() => call('timetable', { query: { weekOf } }), [call, weekOf])
  return (
    <OfficeFrame title={t('officeTimetable.addBlackout')} back={`/office/timetable?week=${weekOf}`}>
      <Loaded from={useResource(load)}>{(week) => <BlackoutEditor week={week} />}</Loaded>
    </OfficeFrame>
  )
}
