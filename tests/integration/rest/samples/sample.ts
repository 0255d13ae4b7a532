import type { Place } from '../support/people-and-places.ts'
import type { RestWorld } from '../support/rest-world.ts'

/** A request that succeeds for whoever may make it. */
export type Sample = {
  readonly params?: Record<string, string>
  readonly query?: Record<string, string>
  readonly payload?: object | Buffer
  readonly headers?: Record<string, string>
  /** Cookie of the terminal that callers at a terminal come from; absent: the place's own. */
  readonly device?: string
  /** Makes ready what the request needs of the very sign-in that makes it; the rest of the sample. */
  readonly prepare?: (cookie: string) => Promise<Omit<Sample, 'prepare'>>
}

/** Makes a fresh sample for each call: what one caller decided, the next finds decided. */
export type SampleMaker = () => Promise<Sample>

/** What samples are made from: the server and a facility with somebody of each role. */
export type SampleWorld = { readonly world: () => RestWorld; readonly place: () => Place }
