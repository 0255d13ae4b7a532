import type { EventName, EventPayload } from '@visavis/contract/command'
import type { mediaEvents } from '@visavis/contract/media-control'

/** Tells every connected server an event of this node. */
export type Tell = <Name extends EventName<typeof mediaEvents>>(
  name: Name,
  payload: EventPayload<typeof mediaEvents, Name>,
) => void
