import type { LocalMedia, SeatCall } from '@visavis/call'
import { CallStage } from '@visavis/ui/visit/index.ts'
import type { JoinedState } from '@visavis/ui/visit/index.ts'

type CallProps = {
  readonly joined: JoinedState
  readonly call: SeatCall
  readonly media: LocalMedia
}

/** The visit itself has the whole screen. */
export function CallScreen(props: CallProps) {
  return (
    <main>
      <CallStage {...props} isOwnDevice={false} />
    </main>
  )
}
