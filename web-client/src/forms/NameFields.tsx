import { TextField } from '@visavis/ui'
import type { FormProblem } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { isNameLike, textOf } from './form-text.ts'
import { problemIf } from './use-problems.ts'
import type { Problems } from './use-problems.ts'

export type PersonName = { readonly givenName: string; readonly familyName: string }
type NameFieldsProps = {
  readonly value: PersonName
  readonly problems: Problems
  /** One's own name, which the browser may know. */
  readonly isOwn?: boolean
}

/** First and family name, as they stand in a document. */
export function NameFields({ value, problems, isOwn = false }: NameFieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <TextField
        label={t('form.givenName')}
        name="givenName"
        fieldId="givenName"
        autoComplete={isOwn ? 'given-name' : 'off'}
        maxLength={100}
        defaultValue={value.givenName}
        error={problems.of('givenName')}
      />
      <TextField
        label={t('form.familyName')}
        name="familyName"
        fieldId="familyName"
        autoComplete={isOwn ? 'family-name' : 'off'}
        maxLength={100}
        defaultValue={value.familyName}
        error={problems.of('familyName')}
      />
    </>
  )
}

/** Reads them from a form, with what is missing in words. */
export function useNameFields(): (form: FormData) => {
  readonly name: PersonName
  readonly found: readonly FormProblem[]
} {
  const { t } = useTranslation()
  return (form) => {
    const givenName = textOf(form, 'givenName').trim()
    const familyName = textOf(form, 'familyName').trim()
    const found = [
      ...problemIf(givenName === '', 'givenName', t('form.givenNameMissing')),
      ...problemIf(familyName === '', 'familyName', t('form.familyNameMissing')),
      ...problemIf(!isNameLike(givenName), 'givenName', t('form.nameWrong')),
      ...problemIf(!isNameLike(familyName), 'familyName', t('form.nameWrong')),
    ]
    return { name: { givenName, familyName }, found }
  }
}
