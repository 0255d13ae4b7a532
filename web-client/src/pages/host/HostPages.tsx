import { Route, Routes } from 'react-router'
import { NotFoundPage } from '../PlainPages.tsx'
import { DeskPage } from './DeskPage.tsx'
import { HoursPage } from './HoursPage.tsx'

/** The desk of a link centre: the day's visits, and when the centre is open. */
export function HostPages() {
  return (
    <Routes>
      <Route index element={<DeskPage />} />
      <Route path="hours" element={<HoursPage />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  )
}
