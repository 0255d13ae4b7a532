import { Navigate, Route, Routes } from 'react-router'
import { IncidentPage } from './IncidentPage.tsx'
import { IncidentsPage } from './IncidentsPage.tsx'
import { NewIncidentPage } from './NewIncidentPage.tsx'

/** Incidents of an operator. */
export function IncidentPages() {
  return (
    <Routes>
      <Route index element={<IncidentsPage />} />
      <Route path="new" element={<NewIncidentPage />} />
      <Route path=":incidentId" element={<IncidentPage />} />
      <Route path="*" element={<Navigate to="/incidents" replace />} />
    </Routes>
  )
}
