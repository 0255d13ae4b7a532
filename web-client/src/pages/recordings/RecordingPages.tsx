import { Route, Routes } from 'react-router'
import { RecordingPage } from './RecordingPage.tsx'
import { RecordingsPage } from './RecordingsPage.tsx'

/** The investigator's pages: what was recorded, and one visit's recordings. */
export function RecordingPages() {
  return (
    <Routes>
      <Route index element={<RecordingsPage />} />
      <Route path=":visitId" element={<RecordingPage />} />
    </Routes>
  )
}
