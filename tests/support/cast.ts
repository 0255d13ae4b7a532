import type { Browser, Page } from 'playwright-core'
import { admit, checkIdentity, focusVisit, leaveFocus, openWall } from '../e2e/pages/wall-page.ts'
import { waitForVisit } from '../e2e/pages/call-page.ts'
import { enrolTerminal, goToVisit } from '../e2e/pages/terminal-journey.ts'
import { goToWaitingRoom, signIn } from '../e2e/pages/visitor-journey.ts'
import { openBrowser, openPage } from './browser.ts'
import type { WatchedPage } from './browser.ts'
import type { Demo } from './demo.ts'
import { KNOWN_INMATE, KNOWN_VISITOR } from './known-media.ts'
import type { KnownPerson } from './known-media.ts'
import type { Stack } from './stack.ts'

/** Three people, each before a browser of their own; visitor and inmate have known pictures and tones. */
export type Cast = {
  readonly visitor: Page
  readonly terminal: Page
  readonly officer: Page
  /** One more page before the officer's devices, with cookies of its own. */
  readonly another: () => Promise<Page>
  /** Errors that no page has caught. */
  readonly faults: () => string[]
  readonly close: () => Promise<void>
}

type Role = 'visitor' | 'inmate' | 'officer'
export type CastOptions = {
  readonly isHeaded?: boolean
  readonly visitor?: KnownPerson
  readonly inmate?: KnownPerson
  /** Whom the officer's camera shows; nobody, where officers do not speak. */
  readonly officer?: KnownPerson | null
  /** Where each one's browser finds which hosts, if not where everybody does. */
  readonly finds?: Readonly<Record<Role, Readonly<Record<string, string>>>> | null
  readonly isCredulous?: boolean
}

/** Opens the browsers; with `isHeaded` in windows that can be watched. */
export async function openCast({
  isHeaded = false,
  visitor = KNOWN_VISITOR,
  inmate = KNOWN_INMATE,
  officer = null,
  finds = null,
  isCredulous = false,
}: CastOptions = {}): Promise<Cast> {
  const people = { visitor, inmate, officer }
  const browsers = await Promise.all(
    (['visitor', 'inmate', 'officer'] as const).map((role) =>
      openBrowser(people[role], { isHeaded, isCredulous, finds: finds && finds[role] }),
    ),
  )
  const [ofVisitor, ofInmate, ofOfficer] = browsers as [Browser, Browser, Browser]
  const opened: WatchedPage[] = []
  const open = async (browser: Browser): Promise<Page> => {
    const watched = await openPage(browser)
    opened.push(watched)
    return watched.page
  }
  return {
    visitor: await open(ofVisitor),
    terminal: await open(ofInmate),
    officer: await open(ofOfficer),
    another: () => open(ofOfficer),
    faults: () => opened.flatMap(({ faults }) => faults),
    close: async () => {
      await Promise.all(browsers.map((browser) => browser.close()))
    },
  }
}

type Scene = { readonly stack: Stack; readonly demo: Demo; readonly cast: Cast }

/** Brings both parties into the waiting room and the officer before the wall. */
export async function gather({ stack: { origin }, demo, cast }: Scene): Promise<void> {
  const atTerminal = async () => {
    if (demo.enrolmentCode) {
      await enrolTerminal(cast.terminal, { origin, code: demo.enrolmentCode })
    }
    await goToVisit(cast.terminal, demo.inmatePin)
  }
  const atHome = async () => {
    await signIn(cast.visitor, { origin, ...demo.visitor })
    await goToWaitingRoom(cast.visitor)
  }
  const beforeWall = () => openWall(cast.officer, { origin, ...demo.staff('officer') })
  await Promise.all([atTerminal(), atHome(), beforeWall()])
}

/** From the waiting room into the visit; the officer looks away afterwards. */
export async function letIn({ demo, cast }: Omit<Scene, 'stack'>): Promise<void> {
  await focusVisit(cast.officer, demo.visit.visitId)
  await checkIdentity(cast.officer)
  await admit(cast.officer)
  await Promise.all([waitForVisit(cast.visitor), waitForVisit(cast.terminal)])
  await leaveFocus(cast.officer)
}
