import type { WallVisit } from '@visavis/contract/visit'
import { useTranslation } from 'react-i18next'
import { choicesOf } from './wall-filter.ts'
import type { WallFilter } from './wall-filter.ts'
import { useLanguageName } from './use-language-name.ts'
import { SIGNED } from './wall-languages.ts'

type FilterProps = {
  /** Everything that has a tile, filtered out or not. */
  readonly visits: readonly WallVisit[]
  readonly filter: WallFilter
  readonly onChange: (filter: WallFilter) => void
}

/** What of the wall is seen: by wing, language, class, need of attention, terminal and name. */
export function FilterTools({ visits, filter, onChange }: FilterProps) {
  const { t } = useTranslation()
  const languageName = useLanguageName()
  const { wings, languages, classes } = choicesOf(visits)
  const change = (changes: Partial<WallFilter>) => onChange({ ...filter, ...changes })
  const languageWords = (tag: string) =>
    tag === SIGNED ? t('wallTools.signed') : languageName(tag)
  return (
    <>
      <Search value={filter.search} onChange={(search) => change({ search })} />
      <Choice
        label={t('wallTools.wing')}
        all={t('wallTools.everyWing')}
        value={filter.wing}
        values={wings}
        words={(wing) => t('wallTools.wingOf', { wing })}
        onChoose={(wing) => change({ wing })}
      />
      <Choice
        label={t('wallTools.language')}
        all={t('wallTools.everyLanguage')}
        value={filter.language}
        values={languages}
        words={languageWords}
        onChoose={(language) => change({ language })}
      />
      <Choice
        label={t('wallTools.class')}
        all={t('wallTools.everyClass')}
        value={filter.visitClass}
        values={classes}
        words={(visitClass) => t(`visitClass.${visitClass}`)}
        onChoose={(visitClass) => change({ visitClass })}
      />
      <button
        type="button"
        className="vv-tool"
        aria-pressed={filter.onlyUrgent}
        onClick={() => change({ onlyUrgent: !filter.onlyUrgent })}
      >
        {t('wallTools.onlyUrgent')}
      </button>
    </>
  )
}

type SearchProps = { readonly value: string; readonly onChange: (value: string) => void }

function Search({ value, onChange }: SearchProps) {
  const { t } = useTranslation()
  return (
    <input
      type="search"
      className="vv-tool vv-tool--search"
      aria-label={t('wallTools.search')}
      placeholder={t('wallTools.search')}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  )
}

type ChoiceProps<Value extends string> = {
  readonly label: string
  /** Words of no choice. */
  readonly all: string
  readonly value: Value | null
  readonly values: readonly Value[]
  readonly words: (value: Value) => string
  readonly onChoose: (value: Value | null) => void
}

/** A list to choose from; nothing to choose, no list. */
function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { label, all, value, values, words, onChoose } = props
  // What was kept from yesterday and is not on the wall today can still be taken back.
  const offered = value === null || values.includes(value) ? values : [...values, value]
  if (offered.length < 2 && value === null) return null
  return (
    <select
      className="vv-tool"
      aria-label={label}
      data-chosen={value !== null || undefined}
      value={value ?? ''}
      onChange={({ target }) => onChoose(offered.find((each) => each === target.value) ?? null)}
    >
      <option value="">{all}</option>
      {offered.map((each) => (
        <option key={each} value={each}>
          {words(each)}
        </option>
      ))}
    </select>
  )
}
