import type { FormProblem } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { textOf } from '../../../forms/form-text.ts'
import { AreaField, PickField } from '../parts/Fields.tsx'
import { FormDialog } from '../parts/FormDialog.tsx'
import type { Act } from '../parts/use-act.ts'
import { READY_TEXT_KINDS_LIST } from './ready-text-kinds.ts'
import type { ReadyText, ReadyTextKind } from './ready-text-kinds.ts'
import { TEXT_LANGUAGES, faultsOf, fieldOf, textsOf } from './ready-text-form.ts'
import type { TextLanguage } from './ready-text-form.ts'

/** What was written. */
export type Written = {
  readonly kind: ReadyTextKind
  readonly texts: Record<TextLanguage, string>
}

type DialogProps = {
  /** The text to be changed; null: a new one. */
  readonly text: ReadyText | null
  readonly act: Act
  readonly onWritten: (written: Written) => void
  readonly onClose: () => void
}

/** A text in every language of the pages, side by side. */
export function ReadyTextDialog({ text, act, onWritten, onClose }: DialogProps) {
  const { t } = useTranslation()
  const kindOf = (form: FormData): ReadyTextKind => {
    const picked = textOf(form, 'kind')
    return text?.kind ?? READY_TEXT_KINDS_LIST.find((kind) => kind === picked) ?? 'WARN'
  }
  const check = (form: FormData): readonly FormProblem[] =>
    faultsOf(textsOf(form)).map(({ language, fault }) => ({
      fieldId: fieldOf(language),
      text: `${t(`readyTexts.language.${language}`)}: ${t(`readyTexts.${fault}`)}`,
    }))
  return (
    <FormDialog
      title={t(text === null ? 'readyTexts.addTitle' : 'readyTexts.changeTitle')}
      submitLabel={t('readyTexts.save')}
      act={act}
      check={check}
      onSubmit={(form) => onWritten({ kind: kindOf(form), texts: { ...textsOf(form) } })}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          {text === null ? (
            <PickField
              fieldId="ready-text-kind"
              name="kind"
              label={t('readyTexts.kindLabel')}
              options={READY_TEXT_KINDS_LIST.map((kind) => ({
                value: kind,
                label: t(`readyTexts.kind.${kind}`),
              }))}
            />
          ) : (
            <p className="vv-soft">{t('readyTexts.changeHint')}</p>
          )}
          {TEXT_LANGUAGES.map((language) => (
            <AreaField
              key={language}
              fieldId={fieldOf(language)}
              name={language}
              label={t(`readyTexts.language.${language}`)}
              first={text?.texts[language] ?? ''}
              error={errorOf(fieldOf(language))}
            />
          ))}
        </>
      )}
    </FormDialog>
  )
}
