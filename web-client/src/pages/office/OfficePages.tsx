import { Navigate, Outlet, Route, Routes } from 'react-router'
import { AccountsPage } from '../accounts/AccountsPage.tsx'
import { NewAccountPage } from '../accounts/NewAccountPage.tsx'
import { NotFoundPage } from '../PlainPages.tsx'
import { OfficersPage } from '../oversight/OfficersPage.tsx'
import { ReportPage } from '../oversight/ReportPage.tsx'
import { ShiftPage } from '../oversight/ShiftPage.tsx'
import { WatchingPage } from '../oversight/WatchingPage.tsx'
import { BookingPage } from './day/BookingPage.tsx'
import { DayPage } from './day/DayPage.tsx'
import { InboxPage } from './inbox/InboxPage.tsx'
import { MovementsPage } from './movements/MovementsPage.tsx'
import { useOffice } from './parts/use-office.ts'
import { BookForPage } from './people/BookForPage.tsx'
import { InmatePage } from './people/InmatePage.tsx'
import { SearchPage } from './people/SearchPage.tsx'
import { VisitorPage } from './people/VisitorPage.tsx'
import { ReadyTextsPage } from './ready-texts/ReadyTextsPage.tsx'
import { SettingsPage } from './settings/SettingsPage.tsx'
import { SuspensionsPage } from './suspensions/SuspensionsPage.tsx'
import { BlackoutPage } from './timetable/BlackoutPage.tsx'
import { TemplatePage } from './timetable/TemplatePage.tsx'
import { TimetablePage } from './timetable/TimetablePage.tsx'

/** The visits office. An officer has the day and the movements; the rest is for those who decide. */
export function OfficePages() {
  return (
    <Routes>
      <Route index element={<Navigate to="day" replace />} />
      <Route path="day" element={<DayPage />} />
      <Route path="day/:visitId" element={<BookingPage />} />
      <Route path="movements" element={<MovementsPage />} />
      <Route path="shift" element={<ShiftPage />} />
      <Route path="shift/:reportId" element={<ReportPage />} />
      <Route path="watching" element={<WatchingPage />} />
      <Route element={<DeskOnly />}>
        <Route path="inbox" element={<InboxPage />} />
        <Route path="timetable" element={<TimetablePage />} />
        <Route path="timetable/templates/:templateId" element={<TemplatePage />} />
        <Route path="timetable/closures/new" element={<BlackoutPage />} />
        <Route path="search" element={<SearchPage />} />
        <Route path="search/visitors/:visitorId" element={<VisitorPage />} />
        <Route path="search/inmates/:inmateId" element={<InmatePage />} />
        <Route path="search/inmates/:inmateId/book" element={<BookForPage />} />
        <Route path="suspensions" element={<SuspensionsPage />} />
      </Route>
      <Route element={<AdminOnly />}>
        <Route path="settings" element={<SettingsPage />} />
        <Route path="ready-texts" element={<ReadyTextsPage />} />
        <Route path="officers" element={<OfficersPage />} />
        <Route path="accounts" element={<AccountsPage />} />
        <Route path="accounts/new" element={<NewAccountPage />} />
      </Route>
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  )
}

function AdminOnly() {
  const { isAdmin } = useOffice()
  return isAdmin ? <Outlet /> : <Navigate to="/office/day" replace />
}

function DeskOnly() {
  const { isDesk } = useOffice()
  return isDesk ? <Outlet /> : <Navigate to="/office/day" replace />
}
