import type { WallFeed, WarningWords } from '@visavis/call'
import type { MAX_INTERVENTION_TEXT } from '@visavis/contract/interventions'
import type { Party } from '@visavis/contract/media-graph'
import type { WallVisit } from '@visavis/contract/visit'
import { Button, RadioGroup, TextField } from '@visavis/ui'
import { wordsFor } from '@visavis/ui/visit/warning-words.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { OptionButton } from './InterventionOptions.tsx'
import type { Run } from './InterventionsPanel.tsx'
import { useReadyTexts } from './use-ready-texts.ts'

/** Held against the contract by its type, since the contract's module would bring zod into the page. */
export const MAX_TYPED: typeof MAX_INTERVENTION_TEXT = 200

const TO = {
  BOTH: ['VISITOR', 'INMATE'],
  VISITOR: ['VISITOR'],
  INMATE: ['INMATE'],
} as const satisfies Record<string, readonly Party[]>
type To = keyof typeof TO
const TO_LIST = Object.keys(TO) as readonly To[]

type WarnProps = { readonly feed: WallFeed; readonly visit: WallVisit; readonly run: Run }

/** Whom to warn, and with what: a ready text on its key, or a sentence of the officer's own. */
export function InterventionWarn({ feed, visit, run }: WarnProps) {
  const { t, i18n } = useTranslation()
  const [to, setTo] = useState<To>('BOTH')
  const texts = useReadyTexts('WARN')
  const warn = (words: WarningWords) => run(() => feed.warn(visit.visitId, TO[to], words))
  return (
    <div
      className="vv-stack vv-stack--close"
      role="group"
      aria-label={t('interventions.rung.WARN')}
    >
      {texts.map(({ readyTextId, texts: words }, index) => (
        <OptionButton
          key={readyTextId}
          words={wordsFor(words, i18n.language).text}
          index={index}
          onPress={() => warn({ readyTextId })}
        />
      ))}
      <TypedWarning onSend={(typed) => warn({ typed, language: i18n.language })} />
      <RadioGroup
        legend={t('interventions.to')}
        value={to}
        options={TO_LIST.map((value) => ({ value, label: t(`interventions.toOf.${value}`) }))}
        onChoose={(value) => setTo(TO_LIST.find((known) => known === value) ?? 'BOTH')}
      />
    </div>
  )
}

function TypedWarning({ onSend }: { onSend: (typed: string) => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const text = typed.trim()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (text !== '') onSend(text)
      }}
    >
      <TextField
        label={t('interventions.type')}
        hint={t('interventions.typeHint')}
        maxLength={MAX_TYPED}
        value={typed}
        autoComplete="off"
        onChange={({ target }) => setTyped(target.value)}
        action={
          <Button type="submit" look="secondary" isSmall>
            {t('interventions.send')}
          </Button>
        }
      />
    </form>
  )
}
