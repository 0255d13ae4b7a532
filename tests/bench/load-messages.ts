import type { TapTrack } from '@visavis/contract/media-control'

/** Where a visit's recorder listens, and its grant. */
export type LoadTap = {
  readonly visitId: string
  readonly grant: string
  readonly address: string
  readonly port: number
}

/** What the bench tells a generator of load. */
export type LoadOrder =
  | {
      readonly kind: 'open'
      readonly controlUrl: string
      readonly controlSecret: string
      readonly visits: number
    }
  /** Ends that many visits, the oldest first. */
  | { readonly kind: 'close'; readonly visits: number }
  /** Opens the taps of those of the visits that are this generator's. */
  | { readonly kind: 'tap'; readonly taps: readonly LoadTap[] }
  /** Nothing is recorded any more. */
  | { readonly kind: 'untap' }
  /** Counts what is sent from now on for so long, and where it got to. */
  | { readonly kind: 'measure'; readonly forMs: number }

/** Packets of one stretch of time. */
export type LoadFigures = {
  /** All that the generator's clients sent to the SFU. */
  readonly sent: number
  /** Those of them that the SFU should have passed on: sound and the best layer of the picture. */
  readonly expected: number
  readonly arrived: number
  /** From the sender's call to the receiver's, one for each packet that arrived. */
  readonly latenciesMs: readonly number[]
}

/** What a generator answers. */
export type LoadReport =
  /** The new visits stand and every client of theirs sees the best layer of the other; pid 0: no visit. */
  | {
      readonly kind: 'opened'
      readonly workerPid: number
      readonly visitIds: readonly string[]
    }
  /** What a recorder is to be told of the visits that are tapped. */
  | {
      readonly kind: 'tapped'
      readonly visits: readonly {
        readonly visitId: string
        readonly tracks: readonly TapTrack[]
      }[]
    }
  | { readonly kind: 'closed' }
  | { readonly kind: 'measured'; readonly figures: LoadFigures }
