import type { LocalMedia, SeatCall } from '@visavis/call'
import { Page } from '@visavis/ui'
import { CallStage } from '@visavis/ui/visit/index.ts'
import type { JoinedState } from '@visavis/ui/visit/index.ts'

type CallProps = {
  readonly joined: JoinedState
  readonly call: SeatCall
  readonly media: LocalMedia
}

/** The visit itself, with the whole screen to it. */
export function CallView({ joined, call, media }: CallProps) {
  return (
    <Page width="full" isBare>
      <CallStage joined={joined} call={call} media={media} />
    </Page>
  )
}
