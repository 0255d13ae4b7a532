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
  | { readonly kind: 'opened'; readonly workerPid: number }
  | { readonly kind: 'closed' }
  | { readonly kind: 'measured'; readonly figures: LoadFigures }
