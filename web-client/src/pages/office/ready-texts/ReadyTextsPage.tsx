import { Button, ConfirmDialog, FailureNotice, Tag, useResource } from '@visavis/ui'
import { wordsFor } from '@visavis/ui/visit/warning-words.ts'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../session/session.ts'
import { Done } from '../parts/Done.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { OfficeFrame } from '../parts/OfficeFrame.tsx'
import { useAct } from '../parts/use-act.ts'
import { TEXT_LANGUAGES } from './ready-text-form.ts'
import { READY_TEXT_KINDS_LIST } from './ready-text-kinds.ts'
import type { ReadyText, ReadyTextKind } from './ready-text-kinds.ts'
import { ReadyTextDialog } from './ReadyTextDialog.tsx'
import type { Written } from './ReadyTextDialog.tsx'

/** What is open over the page. */
type Open =
  | { readonly what: 'write'; readonly text: ReadyText | null }
  | { readonly what: 'retire'; readonly text: ReadyText }

/** The texts that a facility's officers have at hand (OV-5): list, add, change in every language, take away. */
export function ReadyTextsPage() {
  const { t } = useTranslation()
  const { call } = useSession()
  const loaded = useResource(useCallback(() => call('readyTexts', {}), [call]))
  const [open, setOpen] = useState<Open | null>(null)
  const [told, tell] = useState<string | null>(null)
  return (
    <OfficeFrame title={t('readyTexts.title')}>
      <p>{t('readyTexts.intro')}</p>
      <Done words={told} />
      <div>
        <Button onClick={() => setOpen({ what: 'write', text: null })}>
          {t('readyTexts.add')}
        </Button>
      </div>
      <Loaded from={loaded}>
        {({ readyTexts }, reload) => (
          <>
            {READY_TEXT_KINDS_LIST.map((kind) => (
              <Texts
                key={kind}
                kind={kind}
                texts={readyTexts.filter((text) => text.kind === kind)}
                onOpen={setOpen}
              />
            ))}
            {open !== null && (
              <OpenDialog
                open={open}
                onClose={() => setOpen(null)}
                onDone={() => {
                  setOpen(null)
                  tell(t('readyTexts.saved'))
                  reload()
                }}
              />
            )}
          </>
        )}
      </Loaded>
    </OfficeFrame>
  )
}

type TextsProps = {
  readonly kind: ReadyTextKind
  readonly texts: readonly ReadyText[]
  readonly onOpen: (open: Open) => void
}

function Texts({ kind, texts, onOpen }: TextsProps) {
  const { t } = useTranslation()
  return (
    <section className="vv-stack vv-stack--near">
      <h2>{t(`readyTexts.kind.${kind}`)}</h2>
      <ol className="vv-ready-texts">
        {texts.map((text, index) => (
          <li key={text.readyTextId}>
            <TextLine text={text} place={index + 1} onOpen={onOpen} />
          </li>
        ))}
      </ol>
    </section>
  )
}

type TextLineProps = {
  readonly text: ReadyText
  /** Its key on the wall. */
  readonly place: number
  readonly onOpen: (open: Open) => void
}

function TextLine({ text, place, onOpen }: TextLineProps) {
  const { t, i18n } = useTranslation()
  const label = wordsFor(text.texts, i18n.language).text
  return (
    <div className="vv-stack vv-stack--close">
      {TEXT_LANGUAGES.map((language) => (
        <p key={language} lang={language}>
          {text.texts[language]}
        </p>
      ))}
      <div className="vv-row">
        {text.kind === 'WARN' && place < KEYED_TEXTS && (
          <Tag>{t('readyTexts.key', { key: place })}</Tag>
        )}
        {text.isOurs && <Tag>{t('readyTexts.ours')}</Tag>}
        <Button
          look="secondary"
          isSmall
          aria-label={t('readyTexts.changeLabel', { text: label })}
          onClick={() => onOpen({ what: 'write', text })}
        >
          {t('readyTexts.change')}
        </Button>
        <Button
          look="quiet"
          isSmall
          aria-label={t('readyTexts.retireLabel', { text: label })}
          onClick={() => onOpen({ what: 'retire', text })}
        >
          {t('readyTexts.retire')}
        </Button>
      </div>
    </div>
  )
}

/** A tenth one has no key of its own. */
const KEYED_TEXTS = 10

type OpenDialogProps = {
  readonly open: Open
  readonly onClose: () => void
  readonly onDone: () => void
}

function OpenDialog({ open, onClose, onDone }: OpenDialogProps) {
  const { t, i18n } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const write = async ({ kind, texts }: Written) => {
    const text = open.text
    const saved = await act.run(() =>
      text === null
        ? call('addReadyText', { body: { kind, texts } })
        : call('changeReadyText', {
            params: { readyTextId: text.readyTextId },
            body: { texts, version: text.version },
          }),
    )
    if (saved !== null) onDone()
  }
  const retire = async ({ readyTextId, version }: ReadyText) => {
    const gone = await act.run(() =>
      call('retireReadyText', { params: { readyTextId }, body: { version } }),
    )
    if (gone !== null) onDone()
  }
  if (open.what === 'write') {
    return (
      <ReadyTextDialog
        text={open.text}
        act={act}
        onWritten={(written) => void write(written)}
        onClose={onClose}
      />
    )
  }
  return (
    <ConfirmDialog
      title={t('readyTexts.retireTitle')}
      confirmLabel={t('readyTexts.retire')}
      isBusy={act.isBusy}
      onConfirm={() => void retire(open.text)}
      onCancel={onClose}
    >
      <p>{wordsFor(open.text.texts, i18n.language).text}</p>
      {act.failure && <FailureNotice code={act.failure.code} />}
    </ConfirmDialog>
  )
}
