import { Button } from '@visavis/ui'
import type { ReactNode } from 'react'

type SmallProps = {
  readonly label: string
  readonly onClick: () => void
  readonly children: ReactNode
}

/** A button of a terminal's row; `label` names the terminal, too, for whoever hears the page. */
export function Small({ label, onClick, children }: SmallProps) {
  return (
    <Button look="secondary" isSmall aria-label={label} onClick={onClick}>
      {children}
    </Button>
  )
}
