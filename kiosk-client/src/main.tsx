import { startWords } from '@visavis/ui'
import '@visavis/ui/styles.ts'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { App } from './App.tsx'
import { createTerminalLanguage } from './flow/terminal-language.ts'
import { lockPage } from './lock-page.ts'
import './styles/index.scss'

const catalogues = import.meta.glob('./locales/**/*.json', { import: 'default' })

/** The words come first, so that no screen is ever drawn without them. */
async function start(): Promise<void> {
  lockPage(document)
  const words = await startWords(catalogues)
  const host = document.getElementById('app')
  if (!host) return
  createRoot(host).render(
    <I18nextProvider i18n={words}>
      <App language={createTerminalLanguage(words)} />
    </I18nextProvider>,
  )
}

void start()
