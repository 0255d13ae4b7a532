import { useLanguage } from '@visavis/ui'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useSession } from '../../session/session.ts'
import { READ_OUTCOME_MS, ROOM_HOME } from '../../session/room-device.ts'

/** Often enough for a minute's grace, and nothing beside the visit's own traffic. */
const LOOK_EVERY_MS = 10_000
/** Outlives a reload, so that a device whose sign-in ended meanwhile is known for what it was. */
const KEY = 'visavis.roomDevice'

/**
 * Signs a room device out by itself some time after its visit ended, and brings it back to the host's
 * code, in its own language, whenever nobody is signed in on it any more. Stands beside the pages, below them: its effects
 * run after theirs.
 */
export function RoomWatch() {
  const { session } = useSession()
  const navigate = useNavigate()
  const { reset: resetLanguage } = useLanguage()
  const onlyVisitId = session.phase === 'signedIn' ? session.me.onlyVisitId : null
  const isSignedOut = session.phase === 'signedOut'
  useEffect(() => {
    if (onlyVisitId !== null) sessionStorage.setItem(KEY, onlyVisitId)
    if (!isSignedOut || sessionStorage.getItem(KEY) === null) return
    sessionStorage.removeItem(KEY)
    resetLanguage()
    void navigate(ROOM_HOME, { replace: true })
  }, [onlyVisitId, isSignedOut, navigate, resetLanguage])
  return onlyVisitId === null ? null : <VisitEndWatch key={onlyVisitId} visitId={onlyVisitId} />
}

function VisitEndWatch({ visitId }: { visitId: string }) {
  const { t } = useTranslation()
  const isOver = useIsOver(visitId)
  const { signOut } = useSession()
  useEffect(() => {
    if (!isOver) return undefined
    const timer = setTimeout(() => void signOut(), READ_OUTCOME_MS)
    return () => clearTimeout(timer)
  }, [isOver, signOut])
  return (
    <div role="status" className="vv-room__end">
      {isOver && <p>{t('room.signsOut')}</p>}
    </div>
  )
}

/** A look that finds the sign-in expired leads to the start as well: the session is told. */
function useIsOver(visitId: string): boolean {
  const { call } = useSession()
  const [isOver, setIsOver] = useState(false)
  useEffect(() => {
    if (isOver) return undefined
    const look = async () => {
      const result = await call('myVisit', { params: { visitId } })
      if (result.ok && result.data.state === 'ENDED') setIsOver(true)
    }
    void look()
    const timer = setInterval(() => void look(), LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [call, isOver, visitId])
  return isOver
}
