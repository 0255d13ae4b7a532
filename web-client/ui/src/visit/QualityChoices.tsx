import type { QualityWishStore } from '@visavis/call'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { CheckBox, useStore } from '../index.ts'

type ChoicesProps = {
  readonly wishes: QualityWishStore
  /** Nobody pays for the data of a terminal. */
  readonly hasSaver?: boolean
}

/** To use little data, and that somebody signs (LV-9); a change takes effect at once. */
export function QualityChoices({ wishes, hasSaver = true }: ChoicesProps) {
  const { isDataSaver, keepsPicture } = useStore(wishes)
  return (
    <div className="vv-stack vv-stack--near">
      {hasSaver && (
        <Choice
          name="saver"
          isChosen={isDataSaver}
          onChange={(chosen) => wishes.change({ isDataSaver: chosen })}
        />
      )}
      <Choice
        name="signs"
        isChosen={keepsPicture}
        onChange={(chosen) => wishes.change({ keepsPicture: chosen })}
      />
    </div>
  )
}

type ChoiceProps = {
  readonly name: 'saver' | 'signs'
  readonly isChosen: boolean
  readonly onChange: (isChosen: boolean) => void
}

function Choice({ name, isChosen, onChange }: ChoiceProps) {
  const { t } = useTranslation()
  const hintId = useId()
  return (
    <div>
      <CheckBox
        checked={isChosen}
        aria-describedby={hintId}
        onChange={(event) => onChange(event.target.checked)}
      >
        {t(`quality.${name}`)}
      </CheckBox>
      <p id={hintId} className="vv-soft vv-small">
        {t(`quality.${name}Hint`)}
      </p>
    </div>
  )
}
