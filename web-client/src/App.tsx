import { Page, Progress } from '@visavis/ui'
import { Suspense, lazy } from 'react'
import { Route, Routes } from 'react-router'
import { Home, OnlyFor } from './session/guards.tsx'
import { NoPagesPage, NotFoundPage, SignedOutPage } from './pages/PlainPages.tsx'
import { SignInPage } from './pages/sign-in/SignInPage.tsx'
import { VisitsPage } from './pages/visits/VisitsPage.tsx'

// Video and its engine are the heavy part; whoever only reads never fetches it.
const VisitJourney = lazy(async () => ({
  default: (await import('./pages/visit/VisitJourney.tsx')).VisitJourney,
}))
const WallPage = lazy(async () => ({
  default: (await import('./pages/wall/WallPage.tsx')).WallPage,
}))
const RecordingsPage = lazy(async () => ({
  default: (await import('./pages/recordings/RecordingsPage.tsx')).RecordingsPage,
}))
const RecordingPage = lazy(async () => ({
  default: (await import('./pages/recordings/RecordingPage.tsx')).RecordingPage,
}))
const TerminalsPage = lazy(async () => ({
  default: (await import('./pages/terminals/TerminalsPage.tsx')).TerminalsPage,
}))

/** Every page and who may open it. The server checks again whatever a page asks for. */
export function App() {
  return (
    <Suspense
      fallback={
        <Page>
          <Progress />
        </Page>
      }
    >
      <Routes>
        <Route index element={<Home />} />
        <Route path="sign-in" element={<SignInPage />} />
        <Route path="signed-out" element={<SignedOutPage />} />
        <Route element={<OnlyFor roles={['visitor']} />}>
          <Route path="visits" element={<VisitsPage />} />
          <Route path="visits/:visitId/*" element={<VisitJourney />} />
        </Route>
        <Route element={<OnlyFor roles={['officer']} />}>
          <Route path="wall" element={<WallPage />} />
        </Route>
        <Route element={<OnlyFor roles={['investigator']} />}>
          <Route path="recordings" element={<RecordingsPage />} />
          <Route path="recordings/:recordingId" element={<RecordingPage />} />
        </Route>
        <Route element={<OnlyFor roles={['facilityAdmin', 'scheduler']} />}>
          <Route path="terminals" element={<TerminalsPage />} />
        </Route>
        <Route element={<OnlyFor roles={null} />}>
          <Route path="welcome" element={<NoPagesPage />} />
        </Route>
        <Route path="*" element={<NotFoundPage />} />
      </Routes>
    </Suspense>
  )
}
