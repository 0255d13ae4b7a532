/** What a page may run of its own server, as the browser guards it (Trusted Types); TypeScript does not describe it yet. */
type TrustedTypes = {
  readonly createPolicy: (
    name: string,
    rules: { readonly createScriptURL: (address: string) => string },
  ) => { readonly createScriptURL: (address: string) => unknown }
}

/** The one policy of our pages; the server's `trusted-types` directive names it and no other. */
const POLICY_NAME = 'visavis-worker'

/** Whether a script may be run from there: built with the pages, on their own origin. */
export function isOwnScript(address: string, page: string): boolean {
  const { origin } = new URL(page)
  return URL.canParse(address, page) && new URL(address, page).origin === origin
}

/**
 * The address of a script of ours as a worker takes it, also where the server demands Trusted Types.
 * Throws a TypeError for the script of anybody else.
 */
export function scriptAddress(address: string): string {
  const guarded = policy().createScriptURL(address)
  // A TrustedScriptURL where the browser has them: TypeScript knows of texts and URLs only.
  return guarded as string
}

let made: ReturnType<TrustedTypes['createPolicy']> | null = null

function policy(): ReturnType<TrustedTypes['createPolicy']> {
  made ??= makePolicy()
  return made
}

function makePolicy(): ReturnType<TrustedTypes['createPolicy']> {
  const rules = { createScriptURL: onlyOwn }
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes }
  return trustedTypes?.createPolicy(POLICY_NAME, rules) ?? rules
}

function onlyOwn(address: string): string {
  if (isOwnScript(address, location.href)) return address
  throw new TypeError('a script of another origin')
}
