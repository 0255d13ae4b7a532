import { useId } from 'react'
import type { ReactNode } from 'react'
import { useModal } from '../hooks/use-modal.ts'

/** The heading names it; or words that are not shown, where what is inside has the heading. */
type Naming =
  | { readonly title: ReactNode; readonly label?: never }
  | { readonly label: string; readonly title?: never }

type DialogProps = Naming & {
  /** It interrupts, and wants an answer. */
  readonly isAlert?: boolean
  /** The id of the words that are read out after the title. */
  readonly describedBy?: string
  /** Another look: `vv-dialog--form`, for example. */
  readonly className?: string
  /** What Escape does; null: nothing, only what is inside closes the dialog. */
  readonly onClose: (() => void) | null
  readonly children: ReactNode
}

/**
 * A dialog over everything else. Mount it to open it. The native modal keeps the focus inside (first on the
 * button with `autoFocus`, else on the first that takes it) and gives it back afterwards.
 */
export function Dialog({ title, label, onClose, children, ...look }: DialogProps) {
  const dialog = useModal()
  const titleId = useId()
  const naming = label === undefined ? { 'aria-labelledby': titleId } : { 'aria-label': label }
  return (
    <dialog
      ref={dialog}
      role={look.isAlert ? 'alertdialog' : undefined}
      className={`vv-dialog ${look.className ?? ''}`.trimEnd()}
      aria-describedby={look.describedBy}
      {...naming}
      onCancel={(event) => {
        // Unmounting closes it; closed by the browser as well, it would be gone and still mounted.
        event.preventDefault()
        onClose?.()
      }}
      onKeyDown={(event) => {
        // A second Escape would close it whatever became of the first.
        if (onClose === null && event.key === 'Escape') event.preventDefault()
      }}
    >
      <div className="vv-stack vv-stack--near">
        {label === undefined && <h2 id={titleId}>{title}</h2>}
        {children}
      </div>
    </dialog>
  )
}
