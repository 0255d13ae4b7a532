import { CheckBox, FailureNotice, Progress, useResource } from '@visavis/ui'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { StepForm, StepPage } from '../../forms/StepPage.tsx'
import { useProblems } from '../../forms/use-problems.ts'
import { useSession } from '../../session/session.ts'
import { useLanguageName } from '../wall/use-language-name.ts'
import { isSignLanguage, languageName } from '../wall/wall-languages.ts'
import { SIGNED_CHOICES, spokenChoices, toggled } from './language-choices.ts'

/** Where an officer says which languages they can follow (OV-4). */
export function LanguagesPage() {
  const { t } = useTranslation()
  const { call } = useSession()
  const load = useCallback(() => call('myLanguages', {}), [call])
  const languages = useResource(load)
  const problems = useProblems()
  return (
    <StepPage title={t('account.languages')} back="/wall" problems={problems}>
      <p>{t('account.languagesBody')}</p>
      {languages.phase === 'loading' && <Progress />}
      {languages.phase === 'failed' && (
        <FailureNotice code={languages.code} onRetry={languages.reload} />
      )}
      {languages.phase === 'ready' && (
        <LanguagesForm kept={languages.data.languages} problems={problems} />
      )}
    </StepPage>
  )
}

type FormProps = {
  readonly kept: readonly string[]
  readonly problems: ReturnType<typeof useProblems>
}

function LanguagesForm({ kept, problems }: FormProps) {
  const { t, i18n } = useTranslation()
  const { call } = useSession()
  const [chosen, setChosen] = useState(kept)
  const [phase, setPhase] = useState<'changing' | 'saving' | 'saved'>('changing')
  const spokenName = useLanguageName()
  const toggle = (tag: string) => {
    setPhase('changing')
    setChosen(toggled(chosen, tag))
  }
  const save = async () => {
    setPhase('saving')
    const result = await call('setMyLanguages', { body: { languages: [...chosen] } })
    setPhase(result.ok ? 'saved' : 'changing')
    if (!result.ok) problems.showFailure(result.code)
  }
  return (
    <StepForm
      onSubmit={() => void save()}
      isBusy={phase === 'saving'}
      submitLabel={t('account.save')}
    >
      <Choices
        legend={t('account.signed')}
        tags={[...new Set([...SIGNED_CHOICES, ...kept.filter(isSignLanguage)])]}
        words={(tag) => signLanguageName(tag, i18n.language, t)}
        {...{ chosen, toggle }}
      />
      <Choices
        legend={t('account.spoken')}
        tags={spokenChoices(kept, i18n.language, spokenName)}
        words={spokenName}
        {...{ chosen, toggle }}
      />
      <p role="status">{phase === 'saved' && t('account.saved')}</p>
    </StepForm>
  )
}

/** Browsers have no names for most of them. */
function signLanguageName(
  tag: string,
  reader: string,
  t: ReturnType<typeof useTranslation>['t'],
): string {
  const known = SIGNED_CHOICES.find((each) => each === tag)
  return known === undefined ? languageName(tag, reader) : t(`account.signLanguage.${known}`)
}

type ChoicesProps = {
  readonly legend: string
  readonly tags: readonly string[]
  readonly chosen: readonly string[]
  readonly words: (tag: string) => string
  readonly toggle: (tag: string) => void
}

function Choices({ legend, tags, chosen, words, toggle }: ChoicesProps) {
  return (
    <fieldset className="vv-radios">
      <legend>{legend}</legend>
      <div className="vv-box-columns">
        {tags.map((tag) => (
          <CheckBox key={tag} checked={chosen.includes(tag)} onChange={() => toggle(tag)}>
            {words(tag)}
          </CheckBox>
        ))}
      </div>
    </fieldset>
  )
}
