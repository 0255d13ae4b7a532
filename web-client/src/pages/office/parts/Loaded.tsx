import { FailureNotice, Progress } from '@visavis/ui'
import type { Resource } from '@visavis/ui'
import type { ReactNode } from 'react'

type LoadedProps<Data> = {
  readonly from: Resource<Data>
  readonly children: (data: Data, reload: () => void) => ReactNode
}

/** What was fetched, or that it is on its way, or why it did not come and a way to try again. */
export function Loaded<Data>({ from, children }: LoadedProps<Data>) {
  if (from.phase === 'loading') return <Progress />
  if (from.phase === 'failed') return <FailureNotice code={from.code} onRetry={from.reload} />
  return <>{children(from.data, from.reload)}</>
}
