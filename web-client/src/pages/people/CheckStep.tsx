import { Button, Notice, Panel, SummaryList, useResource } from '@visavis/ui'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { StepPage } from '../../forms/StepPage.tsx'
import { useProblems } from '../../forms/use-problems.ts'
import { useSession } from '../../session/session.ts'
import { useDateWords } from '../../forms/use-date-words.ts'
import type { AskProps } from './PeoplePages.tsx'
import { REQUEST_STEPS, bodyOf, stepBefore } from './request.ts'
import type { Request, RequestStep } from './request.ts'

/** Step 6: everything on one page, each answer with the way to change it. */
export function CheckStep({ request }: AskProps) {
  const { t } = useTranslation()
  const problems = useProblems()
  const { isBusy, send } = useSending(request, problems)
  return (
    <StepPage
      title={t('people.checkTitle')}
      back={stepBefore('check')}
      step={{ at: REQUEST_STEPS.length, of: REQUEST_STEPS.length }}
      problems={problems}
    >
      <Panel>
        <Answers request={request} />
      </Panel>
      <Notice icon="lock">{t('people.checkPrivacy')}</Notice>
      <div>
        <Button isWide isBusy={isBusy} onClick={() => void send()}>
          {t('people.send')}
        </Button>
      </div>
    </StepPage>
  )
}

function useSending(request: Request, problems: ReturnType<typeof useProblems>) {
  const { call } = useSession()
  const navigate = useNavigate()
  const [key] = useState(() => crypto.randomUUID())
  const [isBusy, setIsBusy] = useState(false)
  const send = async () => {
    const body = bodyOf(request)
    if (!body) return
    setIsBusy(true)
    const result = await call('requestRelationship', { body, key })
    setIsBusy(false)
    if (!result.ok) {
      problems.showFailure(result.code)
      return
    }
    await navigate('/people/sent', { replace: true })
  }
  return { isBusy, send }
}

function Answers({ request }: { request: Request }) {
  const { t } = useTranslation()
  const { call } = useSession()
  const dateWords = useDateWords()
  const list = useResource(useCallback(() => call('facilities', {}), [call]))
  const facilities = list.phase === 'ready' ? list.data.facilities : []
  const facility = facilities.find(({ facilityId }) => facilityId === request.facilityId)
  const child = useChildName(request.childId)
  const kind = request.kind === '' ? '' : t(`relationshipKind.${request.kind}`)
  const row = (term: string, value: string, step: RequestStep) => ({
    term,
    value: (
      <span className="vv-answer">
        <span>{value}</span>
        <Link to={`/people/ask/${step}`}>
          {t('form.change')}
          <span className="govuk-visually-hidden"> {term}</span>
        </Link>
      </span>
    ),
  })
  return (
    <SummaryList
      rows={[
        ...(child === null ? [] : [{ term: t('people.forChild'), value: child }]),
        row(t('people.facility'), facility?.name ?? '…', 'facility'),
        row(t('people.number'), request.inmateNumber, 'number'),
        row(t('people.name'), `${request.givenName} ${request.familyName}`, 'name'),
        row(t('people.theirBirthDate'), dateWords(request.birthDate), 'birth-date'),
        row(t('people.kind'), kind, 'relationship'),
      ]}
    />
  )
}

/** The name of the child it is for; null: it is for oneself. */
function useChildName(childId: string): string | null {
  const { call } = useSession()
  const list = useResource(useCallback(() => call('myChildren', {}), [call]))
  if (childId === '') return null
  const children = list.phase === 'ready' ? list.data.children : []
  const child = children.find(({ visitorId }) => visitorId === childId)
  return child ? `${child.givenName} ${child.familyName}` : '…'
}
