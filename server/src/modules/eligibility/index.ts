export function addEligibility(..._parts: unknown[]): never {
  return {} as never
}
