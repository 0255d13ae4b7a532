import type { ReactNode } from 'react'

type KeypadProps = {
  readonly label: string
  /** Ten digits in three columns, or the letters of a code in as many as there is room for. */
  readonly layout: 'digits' | 'code'
  readonly children: ReactNode
}

/** Keys large enough for any finger. */
export function Keypad({ label, layout, children }: KeypadProps) {
  return (
    <div role="group" aria-label={label} className={`vv-keypad vv-keypad--${layout}`} dir="ltr">
      {children}
    </div>
  )
}

type KeyProps = {
  readonly onPress: () => void
  readonly children: ReactNode
  /** For a key that shows a sign. */
  readonly label?: string
  readonly isMain?: boolean
}

export function Key({ onPress, children, label, isMain = false }: KeyProps) {
  return (
    <button
      type="button"
      className={isMain ? 'vv-key vv-key--main' : 'vv-key'}
      aria-label={label}
      onClick={onPress}
    >
      {children}
    </button>
  )
}
