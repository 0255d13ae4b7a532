import type { CDPSession, Page } from 'playwright-core'

/** A device with passkeys inside a browser: Chromium's own, without hardware. */
export type VirtualAuthenticator = {
  /** Whether the person touches it when it asks; else it waits, as a device in a pocket does. */
  readonly setPresent: (isPresent: boolean) => Promise<void>
  /** How many passkeys it holds. */
  readonly passkeys: () => Promise<number>
}

export type AuthenticatorOptions = {
  /** It can check who is before it: finger, face, PIN. */
  readonly checksPerson?: boolean
}

/** Gives the page's browser a device that says yes at once to whatever it is asked. */
export async function addAuthenticator(
  page: Page,
  { checksPerson = true }: AuthenticatorOptions = {},
): Promise<VirtualAuthenticator> {
  const browser: CDPSession = await page.context().newCDPSession(page)
  await browser.send('WebAuthn.enable')
  const { authenticatorId } = await browser.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: checksPerson,
      isUserVerified: checksPerson,
      automaticPresenceSimulation: true,
    },
  })
  return {
    setPresent: async (enabled) => {
      await browser.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled })
    },
    passkeys: async () => {
      const { credentials } = await browser.send('WebAuthn.getCredentials', { authenticatorId })
      return credentials.length
    },
  }
}
