import { Route, Routes } from 'react-router'
import { NotFoundPage } from '../PlainPages.tsx'
import { AuditPage } from './AuditPage.tsx'
import { EntryPage } from './EntryPage.tsx'

/** The audit log, for auditors. */
export function AuditPages() {
  return (
    <Routes>
      <Route index element={<AuditPage />} />
      <Route path=":log" element={<AuditPage />} />
      <Route path=":log/:seq" element={<EntryPage />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  )
}
