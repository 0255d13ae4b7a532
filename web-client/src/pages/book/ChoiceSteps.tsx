import { FailureNotice, Progress, useResource } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { ChoiceList } from '../../forms/ChoiceList.tsx'
import { StepPage } from '../../forms/StepPage.tsx'
import { useSession } from '../../session/session.ts'
import type { JourneyStepProps } from './JourneyPage.tsx'
import { OpeningHours } from './OpeningHours.tsx'
import { QuotaLine } from './QuotaLine.tsx'

/** Whom to visit. */
export function InmateStep({ answers, inmates, frame, go }: JourneyStepProps) {
  const { t } = useTranslation()
  return (
    <StepPage title={t('booking.inmateTitle')} {...frame}>
      <ChoiceList
        chosen={answers.inmateId}
        onChoose={(inmateId) => go({ type: 'inmateChosen', inmateId })}
        choices={inmates.map(({ inmateId, displayName, facility, quota }) => ({
          value: inmateId,
          title: displayName,
          detail: (
            <>
              {facility.name}
              <br />
              <QuotaLine quota={quota} />
            </>
          ),
        }))}
      />
    </StepPage>
  )
}

/** Which kind of visit: only for those who may have more than one. */
export function KindStep({ answers, inmates, frame, go }: JourneyStepProps) {
  const { t } = useTranslation()
  const classes = inmates.find(({ inmateId }) => inmateId === answers.inmateId)?.classes ?? []
  const choose = (value: string) => {
    const visitClass = classes.find((each) => each === value)
    if (visitClass) go({ type: 'classChosen', visitClass })
  }
  return (
    <StepPage title={t('booking.kindTitle')} {...frame}>
      <ChoiceList
        chosen={answers.visitClass}
        onChoose={choose}
        choices={classes.map((value) => ({
          value,
          title: t(`visitClass.${value}`),
          detail: t(`booking.kindAbout.${value}`),
        }))}
      />
    </StepPage>
  )
}

/** From home or from a link centre. */
export function PlaceStep({ answers, frame, go }: JourneyStepProps) {
  const { t } = useTranslation()
  return (
    <StepPage title={t('booking.placeTitle')} {...frame}>
      <ChoiceList
        chosen={answers.place}
        onChoose={(value) =>
          go({ type: 'placeChosen', place: value === 'LINK_CENTRE' ? 'LINK_CENTRE' : 'HOME' })
        }
        choices={(['HOME', 'LINK_CENTRE'] as const).map((value) => ({
          value,
          title: t(`visitPlace.${value}`),
          detail: t(`booking.placeAbout.${value}`),
        }))}
      />
    </StepPage>
  )
}

/** Which link centre, with when it is open. */
export function CentreStep({ answers, frame, go }: JourneyStepProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const list = useResource(useCallback(() => call('linkCentres', {}), [call]))
  return (
    <StepPage title={t('booking.centreTitle')} {...frame}>
      {list.phase === 'loading' && <Progress />}
      {list.phase === 'failed' && <FailureNotice code={list.code} onRetry={list.reload} />}
      {list.phase === 'ready' && list.data.linkCentres.length === 0 && (
        <p>{t('booking.centreNone')}</p>
      )}
      {list.phase === 'ready' && (
        <ChoiceList
          chosen={answers.linkCentreId}
          onChoose={(linkCentreId) => go({ type: 'centreChosen', linkCentreId })}
          choices={list.data.linkCentres.map((centre) => ({
            value: centre.linkCentreId,
            title: centre.name,
            detail: (
              <>
                {centre.address}
                <OpeningHours openingHours={centre.openingHours} />
              </>
            ),
          }))}
        />
      )}
    </StepPage>
  )
}
