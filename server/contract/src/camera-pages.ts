/**
 * The pages of the web client that use camera or microphone: the visit with its tests before it, and the
 * wall, from which officers speak. A browser learns what a page may use when it is loaded, and from nothing
 * later, so both ends must agree on this list.
 */
const CAMERA_PAGES = [/^\/visits\/[^/]+(\/|$)/, /^\/wall(\/|$)/]

/** The terminal is one page: whatever it shows, the next thing may be a visit. */
const TERMINAL = /^\/terminal(\/|$)/

/** Whether the page at that path, without query, may use camera and microphone; pure. */
export function mayUseCamera(path: string): boolean {
  return TERMINAL.test(path) || CAMERA_PAGES.some((pattern) => pattern.test(path))
}
