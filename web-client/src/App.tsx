import { Page, Progress } from '@visavis/ui'
import { Suspense, lazy } from 'react'
import { Route, Routes } from 'react-router'
import { CameraPages } from './session/CameraPages.tsx'
import { Home, OnlyFor } from './session/guards.tsx'
import { NoPagesPage, NotFoundPage, SignedOutPage } from './pages/PlainPages.tsx'
import { FinishPage } from './pages/sign-in/FinishPage.tsx'
import { SignInPage } from './pages/sign-in/SignInPage.tsx'
import { StepUp } from './pages/step-up/StepUpDialog.tsx'
import { VisitsPage } from './pages/visits/VisitsPage.tsx'

// Video and its engine are the heavy part; whoever only reads never fetches it.
const VisitJourney = lazy(async () => ({
  default: (await import('./pages/visit/VisitJourney.tsx')).VisitJourney,
}))
const WallPage = lazy(async () => ({
  default: (await import('./pages/wall/WallPage.tsx')).WallPage,
}))
const LanguagesPage = lazy(async () => ({
  default: (await import('./pages/account/LanguagesPage.tsx')).LanguagesPage,
}))
const RecordingPages = lazy(async () => ({
  default: (await import('./pages/recordings/RecordingPages.tsx')).RecordingPages,
}))
const ExportsPage = lazy(async () => ({
  default: (await import('./pages/exports/ExportsPage.tsx')).ExportsPage,
}))
const RetentionPage = lazy(async () => ({
  default: (await import('./pages/retention/RetentionPage.tsx')).RetentionPage,
}))
const RecordedPage = lazy(async () => ({
  default: (await import('./pages/recorded/RecordedPage.tsx')).RecordedPage,
}))
const AuditPages = lazy(async () => ({
  default: (await import('./pages/audit/AuditPages.tsx')).AuditPages,
}))
const FlagsPage = lazy(async () => ({
  default: (await import('./pages/oversight/FlagsPage.tsx')).FlagsPage,
}))
const BookingPages = lazy(async () => ({
  default: (await import('./pages/book/BookingPages.tsx')).BookingPages,
}))
const RegistrationPages = lazy(async () => ({
  default: (await import('./pages/registration/RegistrationPages.tsx')).RegistrationPages,
}))
const PeoplePages = lazy(async () => ({
  default: (await import('./pages/people/PeoplePages.tsx')).PeoplePages,
}))
const ProfilePages = lazy(async () => ({
  default: (await import('./pages/profile/ProfilePages.tsx')).ProfilePages,
}))
const OfficePages = lazy(async () => ({
  default: (await import('./pages/office/OfficePages.tsx')).OfficePages,
}))
const HostPages = lazy(async () => ({
  default: (await import('./pages/host/HostPages.tsx')).HostPages,
}))
const RoomPage = lazy(async () => ({
  default: (await import('./pages/host/RoomPage.tsx')).RoomPage,
}))
const MailPage = lazy(async () => ({
  default: (await import('./pages/mail/MailPage.tsx')).MailPage,
}))
const ReceiptPage = lazy(async () => ({
  default: (await import('./pages/receipt/ReceiptPage.tsx')).ReceiptPage,
}))
const TerminalsPage = lazy(async () => ({
  default: (await import('./pages/terminals/TerminalsPage.tsx')).TerminalsPage,
}))
const IncidentPages = lazy(async () => ({
  default: (await import('./pages/incidents/IncidentPages.tsx')).IncidentPages,
}))
const PersonalDataPage = lazy(async () => ({
  default: (await import('./pages/personal-data/PersonalDataPage.tsx')).PersonalDataPage,
}))
const OperationsPage = lazy(async () => ({
  default: (await import('./pages/operations/OperationsPage.tsx')).OperationsPage,
}))
const SetUpCodePage = lazy(async () => ({
  default: (await import('./pages/sign-in/SetUpCodePage.tsx')).SetUpCodePage,
}))
const RecoveryPages = lazy(async () => ({
  default: (await import('./pages/recovery/RecoveryPages.tsx')).RecoveryPages,
}))
const SecurityPages = lazy(async () => ({
  default: (await import('./pages/security/SecurityPages.tsx')).SecurityPages,
}))

/** Every page and who may open it. The server checks again whatever a page asks for. */
export function App() {
  return (
    <Suspense fallback={<Loading />}>
      <Routes>
        <Route index element={<Home />} />
        {publicRoutes()}
        {visitorRoutes()}
        {watchRoutes()}
        {officeRoutes()}
        <Route element={<OnlyFor roles={null} />}>
          <Route path="welcome" element={<NoPagesPage />} />
          <Route path="security/*" element={<SecurityPages />} />
        </Route>
        <Route path="*" element={<NotFoundPage />} />
      </Routes>
      <StepUp />
    </Suspense>
  )
}

/** Pages that nobody has to be signed in for. */
function publicRoutes() {
  return (
    <>
      <Route path="sign-in" element={<SignInPage />} />
      <Route path="sign-in/finish" element={<FinishPage />} />
      <Route path="sign-in/code" element={<SetUpCodePage />} />
      <Route path="signed-out" element={<SignedOutPage />} />
      <Route path="recovery" element={<RecoveryPages />} />
      <Route path="register/*" element={<RegistrationPages />} />
      <Route path="room" element={<RoomPage />} />
      <Route path="development/mail" element={<MailPage />} />
    </>
  )
}

function visitorRoutes() {
  return (
    <Route element={<OnlyFor roles={['visitor']} />}>
      <Route path="book/*" element={<BookingPages />} />
      <Route path="people/*" element={<PeoplePages />} />
      <Route path="profile/*" element={<ProfilePages />} />
      <Route path="recorded" element={<RecordedPage />} />
      <Route path="visits" element={<VisitsPage />} />
      <Route element={<CameraPages />}>
        <Route path="visits/:visitId/*" element={<VisitJourney />} />
      </Route>
    </Route>
  )
}

/** Pages of those who watch visits, and their recordings. */
function watchRoutes() {
  return (
    <>
      <Route element={<OnlyFor roles={['officer']} />}>
        <Route element={<CameraPages />}>
          <Route path="wall" element={<WallPage />} />
        </Route>
        <Route path="account" element={<LanguagesPage />} />
      </Route>
      <Route element={<OnlyFor roles={['investigator']} />}>
        <Route path="recordings/*" element={<RecordingPages />} />
        <Route path="flags" element={<FlagsPage />} />
      </Route>
      <Route element={<OnlyFor roles={['investigator', 'facilityAdmin']} />}>
        <Route path="exports" element={<ExportsPage />} />
        <Route path="retention" element={<RetentionPage />} />
      </Route>
    </>
  )
}

/** Pages of those who run a facility or the service, and of hosts. */
function officeRoutes() {
  return (
    <>
      <Route element={<OnlyFor roles={['facilityAdmin', 'scheduler', 'officer']} />}>
        <Route path="office/*" element={<OfficePages />} />
      </Route>
      <Route element={<OnlyFor roles={['auditor']} />}>
        <Route path="audit/*" element={<AuditPages />} />
      </Route>
      <Route element={<OnlyFor roles={['facilityAdmin', 'operatorAdmin']} />}>
        <Route path="operations" element={<OperationsPage />} />
        <Route path="personal-data" element={<PersonalDataPage />} />
      </Route>
      <Route element={<OnlyFor roles={['operatorAdmin']} />}>
        <Route path="incidents/*" element={<IncidentPages />} />
      </Route>
      <Route element={<OnlyFor roles={['host']} />}>
        <Route path="desk/*" element={<HostPages />} />
      </Route>
      <Route element={<OnlyFor roles={['visitor', 'host', 'facilityAdmin', 'scheduler']} />}>
        <Route path="receipt/:visitId" element={<ReceiptPage />} />
      </Route>
      <Route element={<OnlyFor roles={['facilityAdmin', 'scheduler']} />}>
        <Route path="terminals" element={<TerminalsPage />} />
      </Route>
    </>
  )
}

function Loading() {
  return (
    <Page>
      <Progress />
    </Page>
  )
}
