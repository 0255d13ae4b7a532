import { Button, CheckBox, ErrorSummary, PageHeading, TextField, useResource } from '@visavis/ui'
import { useCallback, useState } from 'react'
import type { ReactNode, SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { Reply } from '../../api/api.ts'
import { textOf } from '../../forms/form-text.ts'
import { useProblems } from '../../forms/use-problems.ts'
import type { Problems } from '../../forms/use-problems.ts'
import { useSession } from '../../session/session.ts'
import { AccountPage } from '../AccountPage.tsx'
import { AreaField } from '../office/parts/Fields.tsx'
import { Loaded } from '../office/parts/Loaded.tsx'
import { openingOf } from './incident-form.ts'
import type { IncidentDraft, Wrong } from './incident-form.ts'

type Facilities = Reply<'incidents'>['facilities']
const SYSTEMS = ['PEOPLE', 'DOCUMENTS', 'VISITS', 'RECORDINGS', 'MESSAGES', 'ACCOUNTS'] as const
const idOf = (field: Wrong): string => `incident-${field}`

/** A new incident: when, where, and what may have been read. */
export function NewIncidentPage() {
  const { t } = useTranslation()
  const { call } = useSession()
  const loaded = useResource(useCallback(() => call('incidents', {}), [call]))
  return (
    <AccountPage>
      <div className="vv-stack">
        <Link to="/incidents">{t('common.back')}</Link>
        <PageHeading>{t('incidents.new')}</PageHeading>
        <p>{t('incidents.newIntro')}</p>
        <Loaded from={loaded}>{({ facilities }) => <NewForm facilities={facilities} />}</Loaded>
      </div>
    </AccountPage>
  )
}

function NewForm({ facilities }: { facilities: Facilities }) {
  const { t } = useTranslation()
  const { call } = useSession()
  const navigate = useNavigate()
  const problems = useProblems()
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isBusy) return
    const opening = openingOf(draftOf(new FormData(event.currentTarget)))
    if ('wrong' in opening) {
      problems.show(
        opening.wrong.map((field) => ({
          fieldId: idOf(field),
          text: t(`incidents.wrong.${field}`),
        })),
      )
      return
    }
    setBusy(true)
    const opened = await call('openIncident', { body: opening.body })
    setBusy(false)
    if (opened.ok) void navigate(`/incidents/${opened.data.incidentId}`)
    else if (opened.code === 'NOT_FOUND') problems.show([noSuchLogin(t('incidents.wrong.logins'))])
    else problems.showFailure(opened.code)
  }
  return (
    <form className="vv-stack vv-stack--near" noValidate onSubmit={(event) => void submit(event)}>
      <ErrorSummary key={problems.attempt} problems={problems.problems} />
      <Fields problems={problems} facilities={facilities} />
      <div>
        <Button type="submit" isBusy={isBusy}>
          {t('incidents.open')}
        </Button>
      </div>
    </form>
  )
}

const noSuchLogin = (text: string) => ({ fieldId: idOf('about'), text })

function draftOf(form: FormData): IncidentDraft {
  const chosen = form.getAll('system').map(String)
  return {
    ...{ title: textOf(form, 'title'), description: textOf(form, 'description') },
    ...{ fromAt: textOf(form, 'fromAt'), toAt: textOf(form, 'toAt') },
    ...{ discoveredAt: textOf(form, 'discoveredAt'), logins: textOf(form, 'logins') },
    systems: SYSTEMS.filter((system) => chosen.includes(system)),
    facilityIds: form.getAll('facility').map(String),
  }
}

type FieldsProps = { readonly problems: Problems; readonly facilities: Facilities }

function Fields({ problems, facilities }: FieldsProps) {
  const { t } = useTranslation()
  const field = fieldsWith(problems)
  return (
    <>
      <TextField name="title" label={t('incidents.field.title')} {...field('title')} />
      <AreaField
        name="description"
        label={t('incidents.field.description')}
        hint={t('incidents.field.descriptionHint')}
        {...field('description')}
      />
      <TimeFields problems={problems} />
      <TextField
        name="logins"
        autoComplete="off"
        label={t('incidents.field.logins')}
        hint={t('incidents.field.loginsHint')}
        {...field('about')}
      />
      <SystemBoxes />
      <FacilityBoxes problems={problems} facilities={facilities} />
    </>
  )
}

/** What a field is told of itself. */
const fieldsWith = (problems: Problems) => (name: Wrong) => ({
  fieldId: idOf(name),
  error: problems.of(idOf(name)),
})

function TimeFields({ problems }: Pick<FieldsProps, 'problems'>) {
  const { t } = useTranslation()
  const field = fieldsWith(problems)
  return (
    <>
      <TextField
        type="datetime-local"
        name="discoveredAt"
        label={t('incidents.field.discoveredAt')}
        hint={t('incidents.field.discoveredHint')}
        {...field('discovered')}
      />
      <TextField
        type="datetime-local"
        name="fromAt"
        label={t('incidents.field.fromAt')}
        {...field('span')}
      />
      <TextField type="datetime-local" name="toAt" label={t('incidents.field.toAt')} />
    </>
  )
}

function SystemBoxes() {
  const { t } = useTranslation()
  return (
    <Boxes legend={t('incidents.field.systems')} hint={t('incidents.field.systemsHint')}>
      {SYSTEMS.map((system) => (
        <CheckBox key={system} name="system" value={system}>
          {t(`incidents.system.${system}`)}
        </CheckBox>
      ))}
    </Boxes>
  )
}

function FacilityBoxes({ problems, facilities }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <Boxes legend={t('incidents.field.facilities')} {...fieldsWith(problems)('facilities')}>
      {facilities.map(({ facilityId, name }) => (
        <CheckBox
          key={facilityId}
          name="facility"
          value={facilityId}
          defaultChecked={facilities.length === 1}
        >
          {name}
        </CheckBox>
      ))}
    </Boxes>
  )
}

type BoxesProps = {
  readonly legend: string
  readonly hint?: string
  readonly fieldId?: string
  readonly error?: string | null
  readonly children: ReactNode
}

function Boxes({ legend, hint, fieldId, error = null, children }: BoxesProps) {
  return (
    <fieldset id={fieldId} tabIndex={-1} className="vv-radios">
      <legend>{legend}</legend>
      {hint !== undefined && <p className="govuk-hint">{hint}</p>}
      {error !== null && <p className="govuk-error-message">{error}</p>}
      {children}
    </fieldset>
  )
}
