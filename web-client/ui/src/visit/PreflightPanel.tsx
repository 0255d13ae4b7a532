import { PREFLIGHT_STEPS, createPreflight } from '@visavis/call'
import type {
  LocalMedia,
  Preflight,
  PreflightState,
  ProveDevice,
  StepState,
  StepStates,
} from '@visavis/call'
import type { Light, PreflightProblem } from '@visavis/contract/preflight-rules'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, FailureNotice, Icon, Notice, Panel, useStore } from '../index.ts'
import type { IconName, NoticeTone } from '../index.ts'
import { playChime } from './chime.ts'

type PreflightProps = {
  readonly media: LocalMedia
  readonly visitId: string
  readonly signInAs: 'account' | 'inmate'
  /** On a terminal. */
  readonly proveDevice?: ProveDevice
}

/** The test of devices and network, one thing after the other, with a light at the end (LV-10). */
export function PreflightPanel({ media, visitId, signInAs, proveDevice }: PreflightProps) {
  const { t } = useTranslation()
  const [preflight] = useState(() => createPreflight({ signInAs, visitId, proveDevice }))
  useEffect(() => () => preflight.close(), [preflight])
  const state = useStore(preflight)
  const start = () => {
    playChime()
    preflight.start(media)
  }
  return (
    <Panel as="section">
      <div className="vv-stack vv-stack--near">
        <h2>{t('preflight.title')}</h2>
        <Course {...{ state, preflight, start }} isOwnDevice={signInAs === 'account'} />
      </div>
    </Panel>
  )
}

type CourseProps = {
  readonly state: PreflightState
  readonly preflight: Preflight
  readonly start: () => void
  readonly isOwnDevice: boolean
}

function Course({ state, preflight, start, isOwnDevice }: CourseProps) {
  const { t } = useTranslation()
  switch (state.phase) {
    case 'idle':
      return (
        <>
          <p>{t('preflight.intro')}</p>
          <div>
            <Button look="secondary" onClick={start}>
              {t('preflight.start')}
            </Button>
          </div>
          <p className="vv-soft vv-small">{t('preflight.skip')}</p>
        </>
      )
    case 'listening':
      return <Listening preflight={preflight} />
    case 'running':
      return <Running {...state} onStop={preflight.close} />
    case 'done':
      return <Outcome state={state} onAgain={start} isOwnDevice={isOwnDevice} />
    case 'failed':
      return <FailureNotice code={state.code} onRetry={start} />
  }
}

function Listening({ preflight }: { preflight: Preflight }) {
  const { t } = useTranslation()
  return (
    <>
      <p role="status">
        <strong>{t('preflight.heard')}</strong>
      </p>
      <div className="vv-row">
        <Button onClick={() => preflight.answerSpeaker(true)}>{t('preflight.yes')}</Button>
        <Button look="secondary" onClick={() => preflight.answerSpeaker(false)}>
          {t('preflight.no')}
        </Button>
        <Button look="quiet" onClick={() => playChime()}>
          {t('preflight.playAgain')}
        </Button>
      </div>
    </>
  )
}

type RunningProps = {
  readonly steps: StepStates
  readonly progress: number
  readonly onStop: () => void
}

function Running({ steps, progress, onStop }: RunningProps) {
  const { t } = useTranslation()
  return (
    <>
      <p role="status">{t('preflight.running')}</p>
      <Steps steps={steps} />
      <progress
        className="vv-preflight__progress"
        value={progress}
        max={1}
        aria-label={t('preflight.progress')}
      />
      <div>
        <Button look="quiet" onClick={onStop}>
          {t('preflight.stop')}
        </Button>
      </div>
    </>
  )
}

const TONE: Readonly<Record<Light, NoticeTone>> = { GREEN: 'good', AMBER: 'warn', RED: 'bad' }

type OutcomeProps = {
  readonly state: Extract<PreflightState, { readonly phase: 'done' }>
  readonly onAgain: () => void
  readonly isOwnDevice: boolean
}

function Outcome({ state, onAgain, isOwnDevice }: OutcomeProps) {
  const { t } = useTranslation()
  const { light, problems } = state.judgement
  return (
    <>
      <Notice tone={TONE[light]} title={t(`preflight.light.${light}.title`)} live="status">
        {isOwnDevice || light === 'GREEN' ? (
          <p>{t(`preflight.light.${light}.body`)}</p>
        ) : (
          <p>{t('preflight.atTerminal')}</p>
        )}
        <Problems problems={problems} hasCures={isOwnDevice} />
        {!state.isKept && <p className="vv-small">{t('preflight.notKept')}</p>}
      </Notice>
      <Steps steps={state.steps} />
      <div>
        <Button look="secondary" onClick={onAgain}>
          {t('preflight.again')}
        </Button>
      </div>
    </>
  )
}

type ProblemsProps = {
  readonly problems: readonly PreflightProblem[]
  readonly hasCures: boolean
}

function Problems({ problems, hasCures }: ProblemsProps) {
  const { t } = useTranslation()
  if (problems.length === 0) return null
  return (
    <ul className="vv-bullets">
      {problems.map((problem) => (
        <li key={problem}>
          {t(`preflight.problem.${problem}.what`)}{' '}
          {hasCures && t(`preflight.problem.${problem}.cure`)}
        </li>
      ))}
    </ul>
  )
}

const ICON: Readonly<Record<StepState, IconName>> = {
  WAITING: 'pause',
  RUNNING: 'play',
  OK: 'check',
  PROBLEM: 'alert',
  SKIPPED: 'info',
}

function Steps({ steps }: { steps: StepStates }) {
  const { t } = useTranslation()
  return (
    <ul className="vv-preflight">
      {PREFLIGHT_STEPS.map((step) => (
        <li key={step} className={`vv-preflight__step vv-preflight__step--${steps[step]}`}>
          <Icon name={ICON[steps[step]]} />
          <span>{t(`preflight.step.${step}`)}</span>
          <span className="vv-soft vv-small">{t(`preflight.state.${steps[step]}`)}</span>
        </li>
      ))}
    </ul>
  )
}
