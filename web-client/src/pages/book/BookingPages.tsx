import { Navigate, Route, Routes } from 'react-router'
import { CancelPage } from './CancelPage.tsx'
import { DonePage } from './DonePage.tsx'
import { HeldPage } from './HeldPage.tsx'
import { JourneyPage } from './JourneyPage.tsx'
import { RebookPage } from './RebookPage.tsx'
import { SeriesPage } from './SeriesPage.tsx'
import { StopSeriesPage } from './StopSeriesPage.tsx'

/** Booking a visit, and all that can be done with a booking afterwards. */
export function BookingPages() {
  return (
    <Routes>
      <Route index element={<JourneyPage />} />
      <Route path="done/:visitId" element={<DonePage />} />
      <Route path="held/:visitId" element={<HeldPage />} />
      <Route path="move/:visitId" element={<RebookPage />} />
      <Route path="cancel/:visitId" element={<CancelPage />} />
      <Route path="series/:visitId" element={<SeriesPage />} />
      <Route path="stop-series/:visitId" element={<StopSeriesPage />} />
      <Route path=":step" element={<JourneyPage />} />
      <Route path="*" element={<Navigate to="/book" replace />} />
    </Routes>
  )
}
