import { Progress } from '@visavis/ui'
import { TerminalFrame } from '../components/TerminalFrame.tsx'
import type { Screen, SignedInInmate } from '../flow/screens.ts'
import type { TerminalInfo } from '../flow/use-terminal-info.ts'
import { AttractScreen } from './attract/AttractScreen.tsx'
import { DeskScreen } from './desk/DeskScreen.tsx'
import { DeskSignInScreen } from './desk-sign-in/DeskSignInScreen.tsx'
import { EndedScreen } from './ended/EndedScreen.tsx'
import { EnrolScreen } from './enrol/EnrolScreen.tsx'
import { HaltedScreen } from './halted/HaltedScreen.tsx'
import { MyVisitsScreen } from './my-visits/MyVisitsScreen.tsx'
import { OutOfServiceScreen } from './out-of-service/OutOfServiceScreen.tsx'
import { PinScreen } from './pin/PinScreen.tsx'
import { RangScreen } from './ring/RangScreen.tsx'
import { RingingScreen } from './ring/RingingScreen.tsx'
import { VisitScreens } from './VisitScreens.tsx'

type CurrentProps = {
  readonly screen: Screen
  readonly secondsLeft: number | null
  readonly onEnrolled: (info: TerminalInfo) => void
}

/** Draws the screen that the flow is on. */
export function CurrentScreen({ screen, secondsLeft, onEnrolled }: CurrentProps) {
  if ('inmate' in screen) return <SignedInScreen screen={screen} secondsLeft={secondsLeft} />
  switch (screen.step) {
    case 'starting':
      return (
        <TerminalFrame>
          <Progress />
        </TerminalFrame>
      )
    case 'outOfService':
      return <OutOfServiceScreen code={screen.code} reason={screen.reason ?? null} />
    case 'enrol':
      return <EnrolScreen onEnrolled={onEnrolled} />
    case 'attract':
      return <AttractScreen />
    case 'pin':
      return <PinScreen />
    case 'deskSignIn':
      return <DeskSignInScreen />
  }
}

type SignedInProps = {
  readonly screen: Extract<Screen, { readonly inmate: SignedInInmate }>
  readonly secondsLeft: number | null
}

function SignedInScreen({ screen, secondsLeft }: SignedInProps) {
  switch (screen.step) {
    case 'myVisits':
      return <MyVisitsScreen inmate={screen.inmate} />
    case 'desk':
      return <DeskScreen key={screen.section} inmate={screen.inmate} section={screen.section} />
    case 'ringing':
      return <RingingScreen ring={screen.ring} />
    case 'rang':
      return <RangScreen ring={screen.ring} end={screen.end} />
    case 'ready':
    case 'lobby':
    case 'call':
      // One instance through all three: camera and call live in it.
      return <VisitScreens key={screen.visit.visitId} screen={screen} />
    case 'halted':
      return <HaltedScreen code={screen.code} />
    case 'ended':
      return <EndedScreen snapshot={screen.snapshot} secondsLeft={secondsLeft} />
  }
}
