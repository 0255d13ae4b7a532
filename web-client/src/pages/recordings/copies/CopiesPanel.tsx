import { Button, FailureNotice, Panel, Tag, buttonClass, shortDate } from '@visavis/ui'
import type { TagTone } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { sizeWords } from '../../exports/export-rules.ts'
import { Done } from '../../office/parts/Done.tsx'
import type { OpenPlay } from '../PurposeForm.tsx'
import { exactClock } from '../player/line-words.ts'
import type { Marks } from '../player/player-keys.ts'
import { AskExport } from './AskExport.tsx'
import { clipOf, wholeOf } from './copy-rules.ts'
import type { Copy } from './copy-rules.ts'
import { useCopies } from './use-copies.ts'

type CopiesProps = {
  readonly open: OpenPlay
  readonly marks: Marks
  /** The copy that is looked at; null: the originals. */
  readonly shown: Copy | null
  readonly onShow: (copy: Copy | null) => void
}

/** Copies for looking at, clips, and the way out of the house: an export. */
export function CopiesPanel({ open, marks, shown, onShow }: CopiesProps) {
  const { t } = useTranslation()
  const { playId, durationMs } = open.play
  const { copies, failure, act, ask } = useCopies(playId)
  const clip = clipOf(marks, durationMs)
  return (
    <Panel as="section">
      <div className="vv-stack vv-stack--near">
        <h2>{t('copies.title')}</h2>
        <p className="vv-soft">
          {t('copies.intro')} <KeptWords open={open} />
        </p>
        <div className="vv-row">
          <Button
            look="secondary"
            isBusy={act.isBusy}
            onClick={() => void ask('REVIEW_COPY', wholeOf(durationMs))}
          >
            {t('copies.askWhole')}
          </Button>
          {clip === null ? (
            <span className="vv-soft">{t('copies.markFirst')}</span>
          ) : (
            <Button look="secondary" isBusy={act.isBusy} onClick={() => void ask('CLIP', clip)}>
              {t('copies.askClip', spanWords(clip))}
            </Button>
          )}
        </div>
        {act.failure !== null && <FailureNotice code={act.failure.code} />}
        {failure !== null && <FailureNotice code={failure} />}
        <CopyList
          copies={copies}
          shown={shown}
          onShow={onShow}
          onAgain={({ kind, fromMs, toMs }) => void ask(kind, { fromMs, toMs })}
        />
        <ExportPart open={open} copies={copies.filter(({ state }) => state === 'MADE')} />
      </div>
    </Panel>
  )
}

function spanWords({ fromMs, toMs }: { fromMs: number; toMs: number }) {
  return { from: exactClock(fromMs), to: exactClock(toMs) }
}

/** Copies go with the recording that they were made from. */
function KeptWords({ open }: { open: OpenPlay }) {
  const { t, i18n } = useTranslation()
  const { destroyAfter, isHeld, facility } = open.play.visit
  if (isHeld || destroyAfter === null) return t('copies.keptHeld')
  const options = { language: i18n.language, timeZone: facility.timeZone }
  return t('copies.keptUntil', { day: shortDate(destroyAfter, options) })
}

type ListProps = Pick<CopiesProps, 'shown' | 'onShow'> & {
  readonly copies: readonly Copy[]
  readonly onAgain: (copy: Copy) => void
}

function CopyList({ copies, shown, onShow, onAgain }: ListProps) {
  const { t, i18n } = useTranslation()
  if (copies.length === 0) return null
  return (
    <ul className="vv-list vv-list--near">
      {copies.map((copy) => (
        <li key={copy.derivativeId} className="vv-row">
          <strong>{t(`copies.kind.${copy.kind}`)}</strong>
          <span className="vv-numbers">{t('copies.span', spanWords(copy))}</span>
          <span className="vv-soft">{copy.askedBy}</span>
          {copy.bytes !== null && (
            <span className="vv-soft vv-numbers">{sizeWords(copy.bytes, i18n.language)}</span>
          )}
          <CopyState copy={copy} />
          {copy.state === 'FAILED' && (
            <Button look="secondary" isSmall onClick={() => onAgain(copy)}>
              {t('common.tryAgain')}
            </Button>
          )}
          {copy.state === 'MADE' && (
            <ShowButton
              copy={copy}
              isShown={shown?.derivativeId === copy.derivativeId}
              {...{ onShow }}
            />
          )}
        </li>
      ))}
    </ul>
  )
}

const STATE_TONE: Readonly<Record<Copy['state'], TagTone>> = {
  WAITING: 'plain',
  BEING_MADE: 'action',
  MADE: 'good',
  FAILED: 'bad',
}
/** The contract tells how far a copy is in thousandths. */
const WHOLE_SHARE = 1_000

function CopyState({ copy }: { copy: Copy }) {
  const { t, i18n } = useTranslation()
  const words = new Intl.NumberFormat(i18n.language, { style: 'percent' })
  return (
    <span role="status" className="vv-row">
      <Tag tone={STATE_TONE[copy.state]}>{t(`copies.state.${copy.state}`)}</Tag>
      {copy.state === 'BEING_MADE' && (
        <>
          <progress
            max={WHOLE_SHARE}
            value={copy.share}
            aria-label={t('copies.progress', { kind: t(`copies.kind.${copy.kind}`) })}
          />
          <span className="vv-numbers">{words.format(copy.share / WHOLE_SHARE)}</span>
        </>
      )}
    </span>
  )
}

type ShowProps = {
  readonly copy: Copy
  readonly isShown: boolean
  readonly onShow: CopiesProps['onShow']
}

function ShowButton({ copy, isShown, onShow }: ShowProps) {
  const { t } = useTranslation()
  const what = `${t(`copies.kind.${copy.kind}`)}, ${t('copies.span', spanWords(copy))}`
  return (
    <Button
      look="secondary"
      isSmall
      aria-label={t(isShown ? 'copies.hideOf' : 'copies.showOf', { what })}
      onClick={() => onShow(isShown ? null : copy)}
    >
      {t(isShown ? 'copies.hide' : 'copies.show')}
    </Button>
  )
}

function ExportPart({ open, copies }: { open: OpenPlay; copies: readonly Copy[] }) {
  const { t } = useTranslation()
  const [isAsking, setIsAsking] = useState(false)
  const [isAsked, setIsAsked] = useState(false)
  return (
    <>
      <div className="vv-row">
        <Button onClick={() => setIsAsking(true)}>{t('exports.ask')}</Button>
        <Link to="/exports" className={buttonClass({ look: 'quiet' })}>
          {t('exports.toList')}
        </Link>
      </div>
      <Done words={isAsked ? t('exports.asked') : null} />
      {isAsking && (
        <AskExport
          open={open}
          copies={copies}
          onClose={() => setIsAsking(false)}
          onAsked={() => setIsAsked(true)}
        />
      )}
    </>
  )
}
