import type { InputHTMLAttributes, ReactNode } from 'react'

type CheckBoxProps = Omit<
  InputHTMLAttributes<HTMLInputElement>,
  'type' | 'className' | 'children'
> & { readonly children: ReactNode }

/** A box to tick; its words are part of the target. */
export function CheckBox({ children, ...input }: CheckBoxProps) {
  return (
    <label className="vv-check-box">
      <input type="checkbox" {...input} />
      <span>{children}</span>
    </label>
  )
}
