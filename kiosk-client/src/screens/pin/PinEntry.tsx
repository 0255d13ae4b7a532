import { Button, Icon, PageHeading } from '@visavis/ui'
import type { Result } from '@visavis/ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Key, Keypad } from '../../components/Keypad.tsx'
import { TerminalFrame } from '../../components/TerminalFrame.tsx'
import type { SignedInInmate } from '../../flow/screens.ts'
import { PinFailureNotice } from './PinFailureNotice.tsx'
import { usePin } from './use-pin.ts'

const FIRST_NINE = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

type PinEntryProps = {
  /** Tries a PIN. */
  readonly signIn: (pin: string) => Promise<Result<SignedInInmate>>
  readonly onBack: () => void
  readonly children?: ReactNode
}

/** The PIN, on keys or a keyboard; what is typed is never shown. */
export function PinEntry({ signIn, onBack, children }: PinEntryProps) {
  const { t } = useTranslation()
  const { pin, failure, isBusy, type, erase, submit } = usePin(signIn)
  return (
    <TerminalFrame>
      <div className="vv-entry">
        <div className="vv-stack vv-stack--near">
          <PageHeading>{t('pin.title')}</PageHeading>
          {children}
          <p>{t('pin.intro')}</p>
          <PinDots length={pin.length} isBusy={isBusy} />
          {failure !== null && <PinFailureNotice failure={failure} />}
          <div>
            <Button look="secondary" onClick={onBack}>
              {t('common.back')}
            </Button>
          </div>
        </div>
        <Keypad label={t('keypad.digits')} layout="digits">
          {FIRST_NINE.map((digit) => (
            <Key key={digit} onPress={() => type(digit)}>
              {digit}
            </Key>
          ))}
          <Key label={t('keypad.delete')} onPress={erase}>
            <Icon name="backspace" />
          </Key>
          <Key onPress={() => type('0')}>0</Key>
          <Key label={t('pin.submit')} isMain onPress={() => void submit()}>
            <Icon name="check" />
          </Key>
        </Keypad>
      </div>
    </TerminalFrame>
  )
}

function PinDots({ length, isBusy }: { length: number; isBusy: boolean }) {
  const { t } = useTranslation()
  return (
    <p className="vv-pin" role="status">
      <span aria-hidden="true" className="vv-pin__dots">
        {'●'.repeat(length)}
      </span>
      <span className="govuk-visually-hidden">
        {isBusy ? t('common.loading') : t('pin.entered', { count: length })}
      </span>
    </p>
  )
}
