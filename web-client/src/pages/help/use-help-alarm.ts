import type { HelpAnswer } from '@visavis/contract/help-kinds'
import { playChime } from '@visavis/ui/visit/chime.ts'
import { useEffect, useRef } from 'react'
import { isNewCall, unansweredOf } from './help-answers.ts'

type Calls = readonly { readonly seatId: string; readonly answer: HelpAnswer | null }[]

/** A chime when somebody begins to call for help: nobody looks at a page all day. */
export function useHelpAlarm(calls: Calls): void {
  const known = useRef<ReadonlySet<string>>(new Set())
  useEffect(() => {
    const waiting = unansweredOf(calls)
    if (isNewCall(known.current, waiting)) playChime()
    known.current = waiting
  }, [calls])
}
