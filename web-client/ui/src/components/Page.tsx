import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useOnline } from '../hooks/use-online.ts'
import { SiteHeader } from './SiteHeader.tsx'
import type { Account } from './SiteHeader.tsx'

export type Theme = 'family' | 'wall' | 'terminal'
export type PageWidth = 'reading' | 'wide' | 'full'

export type PageProps = {
  readonly children: ReactNode
  readonly theme?: Theme
  /** `reading` for one column of text, `wide` for tables, `full` for video up to the edges. */
  readonly width?: PageWidth
  readonly account?: Account
  /** Where else the signed-in person can go: links, shown below the header. */
  readonly nav?: ReactNode
  /** Whose other pages are wide: a page of text stands in the same frame, so that nothing jumps between them. */
  readonly isAmongWide?: boolean
  /** A call has the whole screen: no header, no footer. */
  readonly isBare?: boolean
}

const MAIN_ID = 'main'

/** The frame of every page: skip link, header with languages, offline word, main, footer. */
export function Page({
  children,
  theme = 'family',
  width = 'reading',
  account,
  nav,
  isAmongWide = false,
  isBare = false,
}: PageProps) {
  const { t } = useTranslation()
  useTheme(theme)
  const { frame, main } = looksOf(width, isAmongWide)
  return (
    <div className={frame}>
      <a className="govuk-skip-link" href={`#${MAIN_ID}`}>
        {t('common.skipToContent')}
      </a>
      {!isBare && <Top {...(account ? { account } : {})} nav={nav} />}
      <OfflineWord />
      <main id={MAIN_ID} tabIndex={-1} className={main}>
        {children}
      </main>
      {!isBare && width === 'reading' && (
        <footer className="vv-footer">{t('common.footer')}</footer>
      )}
    </div>
  )
}

function Top({ account, nav }: Pick<PageProps, 'account' | 'nav'>) {
  return (
    <>
      <SiteHeader {...(account ? { account } : {})} />
      {nav}
    </>
  )
}

function looksOf(width: PageWidth, isAmongWide: boolean) {
  const outer = isAmongWide && width === 'reading' ? 'wide' : width
  const widths = new Set([outer, width])
  return {
    frame: `vv-page vv-page--${outer}`,
    main: ['vv-main', ...[...widths].map((each) => `vv-main--${each}`)].join(' '),
  }
}

function OfflineWord() {
  const { t } = useTranslation()
  const isOnline = useOnline()
  return (
    <div role="status">
      {!isOnline && (
        <p className="vv-offline">
          <strong>{t('common.offlineTitle')}.</strong> {t('common.offlineBody')}
        </p>
      )}
    </div>
  )
}

/** The theme is the document's, so that its background reaches the edges and rem follows it. */
function useTheme(theme: Theme): void {
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme
  }, [theme])
}
