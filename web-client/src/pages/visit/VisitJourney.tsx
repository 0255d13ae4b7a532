import { createLocalMedia } from '@visavis/call'
import { useEffect, useState } from 'react'
import { Navigate, Route, Routes, useParams } from 'react-router'
import { ReadyCheckPage } from './ReadyCheckPage.tsx'
import { TryDevicePage } from './TryDevicePage.tsx'
import { VisitPage } from './VisitPage.tsx'

/**
 * From the check of the devices to the end of the visit. The camera is held here, above both pages, so
 * that it is asked for once, and let go when the person leaves the journey.
 */
export function VisitJourney() {
  const { visitId } = useParams()
  const [media] = useState(() => createLocalMedia())
  useEffect(() => () => media.stop(), [media])
  if (visitId === undefined) return <Navigate to="/visits" replace />
  return (
    <Routes>
      <Route index element={<VisitPage key={visitId} visitId={visitId} media={media} />} />
      <Route path="check" element={<ReadyCheckPage visitId={visitId} media={media} />} />
      <Route path="try" element={<TryDevicePage visitId={visitId} media={media} />} />
      <Route path="*" element={<Navigate to="/visits" replace />} />
    </Routes>
  )
}
