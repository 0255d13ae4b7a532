import { networkInterfaces } from 'node:os'

/** Bridges to containers and virtual machines: a phone cannot reach this machine through them. */
const VIRTUAL = /^(docker|br-|veth|virbr|cni|flannel|tun|tap|wg|zt|tailscale)/

/** @returns {string[]} this machine's IPv4 addresses on the local network, the likeliest first */
export const lanAddresses = (interfaces = networkInterfaces()) => {
  const found = Object.entries(interfaces).flatMap(([name, addresses]) =>
    (addresses ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
      .map(({ address }) => ({ name, address })),
  )
  /** @param {{name: string}} entry */
  const isReal = ({ name }) => !VIRTUAL.test(name)
  return [...found.filter(isReal), ...found.filter((entry) => !isReal(entry))].map(
    ({ address }) => address,
  )
}
