import type { ButtonHTMLAttributes, MouseEvent, ReactNode } from 'react'

export type ButtonLook = 'primary' | 'secondary' | 'danger' | 'quiet'

export type ButtonShape = {
  readonly look?: ButtonLook
  /** Fills the width of a phone. */
  readonly isWide?: boolean
  readonly isSmall?: boolean
}

/** The class of anything that looks like a button; for a router's link, say. */
export function buttonClass({
  look = 'primary',
  isWide = false,
  isSmall = false,
}: ButtonShape = {}) {
  const parts = ['vv-button']
  if (look !== 'primary') parts.push(`vv-button--${look}`)
  if (isWide) parts.push('vv-button--wide')
  if (isSmall) parts.push('vv-button--small')
  return parts.join(' ')
}

type ButtonProps = ButtonShape &
  Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'disabled'> & {
    /** Work is going on: presses are ignored, but focus stays where it is. */
    readonly isBusy?: boolean
  }

/** A native button. It is never disabled, only busy: a disabled one drops the keyboard's focus. */
export function Button({ look, isWide, isSmall, isBusy = false, onClick, ...rest }: ButtonProps) {
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (isBusy) event.preventDefault()
    else onClick?.(event)
  }
  const shape = {
    ...(look === undefined ? {} : { look }),
    ...(isWide === undefined ? {} : { isWide }),
    ...(isSmall === undefined ? {} : { isSmall }),
  }
  return (
    <button
      type="button"
      {...rest}
      className={buttonClass(shape)}
      aria-disabled={isBusy || undefined}
      data-first-focus={rest.autoFocus || undefined}
      onClick={press}
    />
  )
}

/** A plain link that looks like a button, for addresses outside the client's router. */
export function LinkButton({
  href,
  children,
  ...shape
}: ButtonShape & { href: string; children: ReactNode }) {
  return (
    <a href={href} className={buttonClass(shape)}>
      {children}
    </a>
  )
}
