import { Button, SummaryList, useResource } from '@visavis/ui'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useSession } from '../../../session/session.ts'
import { Done } from '../parts/Done.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { OfficeFrame } from '../parts/OfficeFrame.tsx'
import { SettingsForm } from './SettingsForm.tsx'
import { SETTING_SECTIONS } from './setting-sections.ts'
import type { SettingSection, SettingsView } from './setting-sections.ts'
import { useSettingWords } from './setting-words.ts'

/** What a facility decides for itself: every setting in words with what the law says, one section changed at a time. */
export function SettingsPage() {
  const { t } = useTranslation()
  const { call } = useSession()
  const loaded = useResource(useCallback(() => call('facilitySettings', {}), [call]))
  const [open, setOpen] = useState<string | null>(null)
  const [told, tell] = useState<string | null>(null)
  return (
    <OfficeFrame title={t('settings.title')}>
      <p>{t('settings.intro')}</p>
      <Done words={told} />
      <Loaded from={loaded}>
        {(view, reload) => (
          <div className="vv-settings">
            {SETTING_SECTIONS.map((section) => (
              <Section
                key={section.name}
                section={section}
                view={view}
                isOpen={open === section.name}
                onOpen={() => {
                  tell(null)
                  setOpen(section.name)
                }}
                onClose={() => setOpen(null)}
                onSaved={() => {
                  setOpen(null)
                  tell(t('settings.saved'))
                  reload()
                }}
              />
            ))}
          </div>
        )}
      </Loaded>
    </OfficeFrame>
  )
}

type SectionProps = {
  readonly section: SettingSection
  readonly view: SettingsView
  readonly isOpen: boolean
  readonly onOpen: () => void
  readonly onClose: () => void
  readonly onSaved: () => void
}

function Section({ section, view, isOpen, onOpen, onClose, onSaved }: SectionProps) {
  const { t } = useTranslation()
  const heading = useHeadingFocus(isOpen)
  const title = t(`settings.section.${section.name}.title`)
  return (
    <section className="vv-stack vv-stack--near">
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      <p className="vv-soft">{t(`settings.section.${section.name}.effect`)}</p>
      {isOpen ? (
        <SettingsForm section={section} view={view} onSaved={onSaved} onClose={onClose} />
      ) : (
        <>
          <Values section={section} view={view} />
          {section.name === 'recordings' && (
            <p>
              <Link to="/retention">{t('settings.retention')}</Link>
            </p>
          )}
          <div>
            <Button
              look="secondary"
              isSmall
              aria-label={t('settings.changeLabel', { section: title })}
              onClick={onOpen}
            >
              {t('settings.change')}
            </Button>
          </div>
        </>
      )}
    </section>
  )
}

function Values({ section, view }: Pick<SectionProps, 'section' | 'view'>) {
  const words = useSettingWords()
  return (
    <SummaryList
      rows={section.fields.map((field) => {
        const law = words.lawOf(view, field)
        return {
          term: words.label(field.field),
          value: (
            <>
              {words.valueOf(view.settings, field)}
              {law !== null && <span className="vv-settings__law">{law}</span>}
            </>
          ),
        }
      })}
    />
  )
}

/** Where a form opens or closes, the focus stays in its section. */
function useHeadingFocus(isOpen: boolean) {
  const heading = useRef<HTMLHeadingElement>(null)
  const wasOpen = useRef(isOpen)
  useEffect(() => {
    if (wasOpen.current !== isOpen) heading.current?.focus()
    wasOpen.current = isOpen
  }, [isOpen])
  return heading
}
