import type { SampleMaker, SampleWorld } from './sample.ts'

const DAY_MS = 86_400_000

type RouteName = 'preflights' | 'visitPreflights' | 'terminalPreflight'

/** Samples of the routes about tests of devices and network. */
export function preflightSamples({ world, place }: SampleWorld): Record<RouteName, SampleMaker> {
  return {
    preflights: async () => {
      const from = world().clock.now()
      const to = new Date(from.getTime() + DAY_MS)
      return { query: { from: from.toISOString(), to: to.toISOString() } }
    },
    visitPreflights: async () => ({ params: { visitId: place().visitId } }),
    terminalPreflight: async () => ({}),
  }
}
