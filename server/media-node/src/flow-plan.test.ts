import fc from 'fast-check'
import { expect, it } from 'vitest'
import { flowKey, planFlows } from './flow-plan.ts'

const someFlows = fc.uniqueArray(
  fc.record({
    producerId: fc.constantFrom('p1', 'p2', 'p3'),
    sink: fc.constantFrom('s1', 's2', 's3', 'recorder'),
  }),
  { selector: flowKey },
)

it('carrying a plan out leaves exactly what is allowed, and touches nothing else', () => {
  fc.assert(
    fc.property(someFlows, someFlows, (allowed, standing) => {
      const { toClose, toCreate } = planFlows(allowed, standing)
      const closed = new Set(toClose.map(flowKey))
      const kept = standing.filter((flow) => !closed.has(flowKey(flow)))
      const after = [...kept, ...toCreate].map(flowKey)
      expect(after.sort()).toEqual(allowed.map(flowKey).sort())
    }),
  )
})

it('what stands as allowed needs nothing', () => {
  fc.assert(
    fc.property(someFlows, (flows) => {
      expect(planFlows(flows, [...flows].reverse())).toEqual({ toClose: [], toCreate: [] })
    }),
  )
})
