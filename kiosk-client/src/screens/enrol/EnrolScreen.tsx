import { Button, Icon, PageHeading, TextField, useErrorWords } from '@visavis/ui'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Key, Keypad } from '../../components/Keypad.tsx'
import { TerminalFrame } from '../../components/TerminalFrame.tsx'
import { thisDevice } from '../../device/this-device.ts'
import { useTerminal } from '../../flow/terminal.ts'
import type { TerminalInfo } from '../../flow/use-terminal-info.ts'
import { CODE_LETTERS, formatCode, isWholeCode, withoutLast } from './code-format.ts'

type EnrolProps = { readonly onEnrolled: (info: TerminalInfo) => void }

/** Turns the device into a terminal by a one-time code; staff see this once. */
export function EnrolScreen({ onEnrolled }: EnrolProps) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const { error, isBusy, submit } = useEnrolment(code, onEnrolled)
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    void submit()
  }
  return (
    <TerminalFrame>
      <form className="vv-entry vv-entry--wide" onSubmit={onSubmit} noValidate>
        <div className="vv-stack vv-stack--near">
          <PageHeading>{t('enrol.title')}</PageHeading>
          <p>{t('enrol.intro')}</p>
          <div className="vv-enrol__code">
            <TextField
              label={t('enrol.code')}
              hint={t('enrol.hint')}
              error={error}
              value={code}
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              inputMode="none"
              onChange={(event) => setCode(formatCode(event.target.value))}
            />
          </div>
          <Button type="submit" isBusy={isBusy}>
            {t('enrol.submit')}
          </Button>
        </div>
        <Keypad label={t('keypad.letters')} layout="code">
          {CODE_LETTERS.map((letter) => (
            <Key key={letter} onPress={() => setCode((typed) => formatCode(typed + letter))}>
              {letter}
            </Key>
          ))}
          <Key label={t('keypad.delete')} onPress={() => setCode(withoutLast)}>
            <Icon name="backspace" />
          </Key>
        </Keypad>
      </form>
    </TerminalFrame>
  )
}

function useEnrolment(code: string, onEnrolled: (info: TerminalInfo) => void) {
  const { t } = useTranslation()
  const { tell } = useTerminal()
  const wordsOf = useErrorWords()
  const [error, setError] = useState<string | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const submit = async () => {
    if (!isWholeCode(code)) {
      setError(t('enrol.incomplete'))
      return
    }
    setIsBusy(true)
    const result = await thisDevice.enrol(code)
    setIsBusy(false)
    if (result.ok) {
      onEnrolled(result.data.info)
      tell({ what: 'terminalFound', inmate: null })
    } else {
      const { happened, cure } = wordsOf(result.code)
      setError(`${happened}. ${cure}`)
    }
  }
  return { error, isBusy, submit }
}
