import { buttonClass } from '@visavis/ui'
import { useId } from 'react'
import type { ChangeEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { DocumentKind } from './documents.ts'

type ChooserProps = {
  readonly kind: DocumentKind
  /** There is one already: the buttons step back. */
  readonly isAgain: boolean
  readonly onPick: (file: File) => void
}

/** Two ways to a picture: the phone's camera at once, or a file. On a computer both open the files. */
export function PictureChooser({ kind, isAgain, onPick }: ChooserProps) {
  const { t } = useTranslation()
  const camera = kind === 'PHOTO' ? 'user' : 'environment'
  return (
    <div className="vv-row">
      <FileButton
        label={t(isAgain ? 'profile.picture.takeAgain' : 'profile.picture.take')}
        isQuiet={isAgain}
        capture={camera}
        onPick={onPick}
      />
      <FileButton label={t('profile.picture.choose')} isQuiet onPick={onPick} />
    </div>
  )
}

type FileButtonProps = {
  readonly label: string
  readonly isQuiet: boolean
  readonly capture?: 'user' | 'environment'
  readonly onPick: (file: File) => void
}

/** A native file input under a label that looks like a button: the keyboard reaches the input itself. */
function FileButton({ label, isQuiet, capture, onPick }: FileButtonProps) {
  const inputId = useId()
  const pick = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0]
    // So that choosing the same file again is a choice again.
    event.target.value = ''
    if (file) onPick(file)
  }
  return (
    <span className="vv-file">
      <input
        id={inputId}
        type="file"
        accept="image/jpeg,image/png,image/webp,image/*"
        capture={capture}
        className="govuk-visually-hidden"
        onChange={pick}
      />
      <label
        htmlFor={inputId}
        className={buttonClass({ look: isQuiet ? 'secondary' : 'primary', isWide: true })}
      >
        {label}
      </label>
    </span>
  )
}
