/** What is to be done so that the held consumers become the listed ones. */
export type ConsumerDiff<Info> = {
  /** Held here, no longer standing at the SFU; ids. */
  readonly close: readonly string[]
  /** Standing at the SFU, not held here; each once. */
  readonly build: readonly Info[]
  /** Held here, but the SFU may not have heard so: `consumer:resume` got no answer; ids. */
  readonly resume: readonly string[]
}

/**
 * Compares what a client holds with the whole list that a rejoin brings.
 * `held` tells for each consumer whether its `consumer:resume` was answered.
 */
export function diffConsumers<Info extends { readonly consumerId: string }>(
  held: ReadonlyMap<string, { readonly isResumed: boolean }>,
  listed: readonly Info[],
): ConsumerDiff<Info> {
  const standing = new Map(listed.map((info) => [info.consumerId, info]))
  const isNew = ({ consumerId }: Info): boolean => !held.has(consumerId)
  const isUnsure = (consumerId: string): boolean => held.get(consumerId)?.isResumed === false
  return {
    close: [...held.keys()].filter((consumerId) => !standing.has(consumerId)),
    build: [...standing.values()].filter(isNew),
    resume: [...standing.keys()].filter(isUnsure),
  }
}
