/** The time of day, injected so that rules and tests decide what now is. */
export type Clock = { readonly now: () => Date }

export const systemClock: Clock = { now: () => new Date() }
