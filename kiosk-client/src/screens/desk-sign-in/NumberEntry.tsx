import { Button, Icon, PageHeading, TextField } from '@visavis/ui'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Key, Keypad } from '../../components/Keypad.tsx'
import { TerminalFrame } from '../../components/TerminalFrame.tsx'
import { DIGITS, LATIN, SIGNS, formatNumber, withoutLast } from './number-format.ts'

type NumberEntryProps = {
  readonly number: string
  readonly onType: (number: string) => void
  readonly onDone: () => void
  readonly onBack: () => void
}

/** One's own number, on keys with digits and letters or on a keyboard. */
export function NumberEntry({ number, onType, onDone, onBack }: NumberEntryProps) {
  const { t } = useTranslation()
  const [isMissing, setIsMissing] = useState(false)
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    setIsMissing(number === '')
    if (number !== '') onDone()
  }
  return (
    <TerminalFrame>
      <form className="vv-entry vv-entry--wide" onSubmit={onSubmit} noValidate>
        <div className="vv-stack vv-stack--near">
          <PageHeading>{t('desk.numberTitle')}</PageHeading>
          <div className="vv-enrol__code">
            <TextField
              label={t('desk.number')}
              hint={t('desk.numberHint')}
              error={isMissing && number === '' ? t('desk.numberMissing') : null}
              value={number}
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              inputMode="none"
              onChange={(event) => onType(formatNumber(event.target.value))}
            />
          </div>
          <div className="vv-row">
            <Button type="submit">{t('desk.numberDone')}</Button>
            <Button look="secondary" onClick={onBack}>
              {t('common.back')}
            </Button>
          </div>
        </div>
        <NumberKeys number={number} onType={onType} />
      </form>
    </TerminalFrame>
  )
}

/** Digits first; then the Latin letters, or those of the reader's own alphabet. */
function NumberKeys({ number, onType }: Pick<NumberEntryProps, 'number' | 'onType'>) {
  const { t } = useTranslation()
  const own = Array.from(t('desk.letters'))
  const hasOther = own.join('') !== LATIN.join('')
  const [isOwn, setIsOwn] = useState(false)
  const letters = isOwn && hasOther ? own : LATIN
  return (
    <Keypad label={t('keypad.letters')} layout="code">
      {[...DIGITS, ...SIGNS, ...letters].map((sign) => (
        <Key key={sign} onPress={() => onType(formatNumber(number + sign))}>
          {sign}
        </Key>
      ))}
      {hasOther && (
        <Key label={t('desk.otherLetters')} onPress={() => setIsOwn(!isOwn)}>
          <span className="vv-small">{(isOwn ? LATIN : own).slice(0, 3).join('')}</span>
        </Key>
      )}
      <Key label={t('keypad.delete')} onPress={() => onType(withoutLast(number))}>
        <Icon name="backspace" />
      </Key>
    </Keypad>
  )
}
