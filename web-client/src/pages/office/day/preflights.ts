import { createContext, useContext } from 'react'
import type { Reply } from '../../../api/api.ts'

export type Preflight = Reply<'preflights'>['preflights'][number]

/** The newest tests of the day that is shown. */
export const PreflightsContext = createContext<readonly Preflight[]>([])

/** The tests of one visit, the visitor's side first. */
export function usePreflights(visitId: string): readonly Preflight[] {
  const all = useContext(PreflightsContext)
  return all.filter((one) => one.visitId === visitId)
}
