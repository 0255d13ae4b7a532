import type { Flow } from '@visavis/contract/media-graph'

/** What must happen so that exactly the allowed flows stand. */
export type FlowPlan = { readonly toClose: Flow[]; readonly toCreate: Flow[] }

/** One text for each pair, to compare flows by. */
export const flowKey = ({ producerId, sink }: Flow): string => `${producerId} ${sink}`

/** Compares what is allowed with what stands. Pure. */
export function planFlows(allowed: readonly Flow[], standing: readonly Flow[]): FlowPlan {
  const allowedKeys = new Set(allowed.map(flowKey))
  const standingKeys = new Set(standing.map(flowKey))
  return {
    toClose: standing.filter((flow) => !allowedKeys.has(flowKey(flow))),
    toCreate: allowed.filter((flow) => !standingKeys.has(flowKey(flow))),
  }
}
