export function addNotifications(..._parts: unknown[]): never {
  return {} as never
}
