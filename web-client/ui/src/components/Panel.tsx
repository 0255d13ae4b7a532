import type { ReactNode } from 'react'

/** A raised box for one thing; `as` tells what it is in its surroundings. */
export function Panel({
  children,
  as: Element = 'div',
}: {
  children: ReactNode
  as?: 'div' | 'article' | 'section'
}) {
  return <Element className="vv-panel">{children}</Element>
}
