import type { ReactNode } from 'react'

export type SummaryRow = { readonly term: string; readonly value: ReactNode }

/** Facts by name. */
export function SummaryList({ rows }: { rows: readonly SummaryRow[] }) {
  return (
    <dl className="vv-summary">
      {rows.map((row) => (
        <div key={row.term} className="vv-summary__row">
          <dt>{row.term}</dt>
          <dd>{row.value}</dd>
        </div>
      ))}
    </dl>
  )
}
