import { startWords } from '@visavis/ui'
import '@visavis/ui/styles.ts'
import { createRoot } from 'react-dom/client'
import { BrowserRouter } from 'react-router'
import { App } from './App.tsx'
import { RoomWatch } from './pages/host/RoomWatch.tsx'
import { SessionProvider } from './session/SessionProvider.tsx'
import './styles/index.scss'

const catalogues = import.meta.glob('./locales/**/*.json', { import: 'default' })

/** The words come first, so that no page is ever drawn without them. */
async function start(): Promise<void> {
  await startWords(catalogues)
  const host = document.getElementById('app')
  if (!host) return
  createRoot(host).render(
    <BrowserRouter>
      <SessionProvider>
        <App />
        <RoomWatch />
      </SessionProvider>
    </BrowserRouter>,
  )
}

void start()
