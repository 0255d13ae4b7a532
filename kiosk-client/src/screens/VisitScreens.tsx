import { createLocalMedia, createSeatCall } from '@visavis/call'
import type { LocalMedia, SeatCall } from '@visavis/call'
import { useStore } from '@visavis/ui'
import { viewOf } from '@visavis/ui/visit/index.ts'
import { useEffect, useState } from 'react'
import { thisDevice } from '../device/this-device.ts'
import type { Screen, Tell } from '../flow/screens.ts'
import { useTerminal } from '../flow/terminal.ts'
import { CallScreen } from './call/CallScreen.tsx'
import { LobbyScreen } from './lobby/LobbyScreen.tsx'
import { ReadyScreen } from './ready/ReadyScreen.tsx'

type InVisit = Extract<Screen, { readonly step: 'ready' | 'lobby' | 'call' }>

/** From the check of the camera to the end of the call; the camera goes off when these screens are left. */
export function VisitScreens({ screen }: { screen: InVisit }) {
  const { tell } = useTerminal()
  const media = useCamera()
  const call = useCallFor(screen, media, tell)
  switch (screen.step) {
    case 'ready':
      return <ReadyScreen visit={screen.visit} media={media} />
    case 'lobby':
      return (
        <LobbyScreen visit={screen.visit} snapshot={screen.snapshot} call={call} media={media} />
      )
    case 'call':
      return <CallScreen joined={screen.joined} call={call} media={media} />
  }
}

function useCamera(): LocalMedia {
  const [media] = useState(() => createLocalMedia(undefined, { isLarge: true }))
  useEffect(() => {
    void media.start()
    return () => media.stop()
  }, [media])
  return media
}

const AS_INMATE = { signInAs: 'inmate', proveDevice: thisDevice.proveSocket } as const

/** Joins when the person is ready and the devices have answered, with whatever of them works. */
function useCallFor(screen: InVisit, media: LocalMedia, tell: Tell): SeatCall {
  const [call] = useState(() => createSeatCall(AS_INMATE))
  const { phase } = useStore(media)
  const { visitId } = screen.visit
  // Latched: trying a device again later must not leave the visit.
  const [isSettled, setIsSettled] = useState(false)
  if (!isSettled && (phase === 'ready' || phase === 'failed')) setIsSettled(true)
  const isJoining = screen.step !== 'ready' && isSettled
  useEffect(
    () => call.subscribe(() => tell({ what: 'callMoved', view: viewOf(call.getState()) })),
    [call, tell],
  )
  useEffect(() => {
    if (!isJoining) return undefined
    call.join(visitId, media)
    return () => call.leave()
  }, [call, isJoining, media, visitId])
  return call
}
