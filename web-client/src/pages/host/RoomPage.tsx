import { FailureNotice, Page, Progress } from '@visavis/ui'
import { useState } from 'react'
import { Navigate } from 'react-router'
import { useSession } from '../../session/session.ts'
import { RoomCodeForm } from './RoomCodeForm.tsx'
import { RoomStart } from './RoomStart.tsx'

/** The device of a link centre's room: signed in by the host's code, for one visit and nothing else. */
export function RoomPage() {
  const { session, refresh } = useSession()
  const [enteredVisitId, enter] = useState<string | null>(null)
  switch (session.phase) {
    case 'loading':
      return (
        <Page>
          <Progress />
        </Page>
      )
    case 'failed':
      return (
        <Page>
          <FailureNotice code={session.code} onRetry={refresh} />
        </Page>
      )
    case 'signedOut':
      return <RoomCodeForm onEntered={enter} />
    case 'signedIn': {
      const { onlyVisitId } = session.me
      if (onlyVisitId === null) return <RoomCodeForm onEntered={enter} />
      // Straight on from the code; whoever comes back later is asked what they want.
      const isNew = onlyVisitId === enteredVisitId
      if (isNew) return <Navigate to={`/visits/${onlyVisitId}/check`} replace />
      return <RoomStart visitId={onlyVisitId} />
    }
  }
}
