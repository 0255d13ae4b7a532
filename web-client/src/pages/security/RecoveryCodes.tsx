import { Button, Notice } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

type Props = { readonly codes: readonly string[]; readonly onDone: () => void }

/** Codes that are shown this once: to print, to copy, or to write down. Nothing of them is kept by the page. */
export function RecoveryCodes({ codes, onDone }: Props) {
  const { t } = useTranslation()
  return (
    <section className="vv-stack vv-stack--near vv-sheet-codes">
      <h2>{t('security.codesTitle')}</h2>
      <Notice tone="warn">{t('security.codesBody')}</Notice>
      <ol className="vv-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className="vv-row vv-no-print">
        <Button look="secondary" onClick={() => window.print()}>
          {t('security.print')}
        </Button>
        <CopyButton text={codes.join('\n')} />
      </div>
      <div className="vv-no-print">
        <Button isWide onClick={onDone}>
          {t('security.codesKept')}
        </Button>
      </div>
    </section>
  )
}

/** Copies, and says so; a browser that refuses is told of, for the text can be marked and copied by hand. */
export function CopyButton({ text }: { text: string }) {
  const { t } = useTranslation()
  const [outcome, setOutcome] = useState<'copied' | 'notCopied' | null>(null)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setOutcome('copied')
    } catch {
      setOutcome('notCopied')
    }
  }
  return (
    <>
      <Button look="secondary" onClick={() => void copy()}>
        {t('security.copy')}
      </Button>
      <span role="status">{outcome !== null && t(`security.${outcome}`)}</span>
    </>
  )
}
