/** What the bench tells a generator of booking attempts. */
export type BookingOrder = {
  readonly origin: string
  readonly clients: number
  readonly attempts: number
  readonly families: readonly {
    readonly cookie: string
    readonly inmateId: string
    readonly visitorId: string
  }[]
  readonly slotIds: readonly string[]
}

/** What it answers. */
export type BookingFigures = {
  booked: number
  /** Refusals by code. */
  readonly refused: Record<string, number>
  serverErrors: number
  /** Of every request: holds and confirmations. */
  readonly latenciesMs: number[]
  readonly byAnswer: Record<'held' | 'refused' | 'confirmed', number[]>
}

/** The parts of an answer over HTTP that count. */
export type BookingAnswer = {
  readonly status: number
  readonly code?: string
  readonly visitId?: string
  readonly bookingState?: string
}
