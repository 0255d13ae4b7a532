import { BlockList, isIPv6 } from 'node:net'

/** What proxy-addr, which Fastify uses, calls by a name. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
}

/** Tells whether the other end of a connection is one of these proxies: addresses, networks, or proxy-addr's names. */
export function createTrustedPeers(
  proxies: readonly string[],
): (address: string | undefined) => boolean {
  const list = new BlockList()
  for (const proxy of proxies.flatMap((each) => NAMED[each] ?? [each])) {
    const [network = '', bits] = proxy.split('/')
    const family = isIPv6(network) ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(network, family)
    else list.addSubnet(network, Number(bits), family)
  }
  return (address) =>
    address !== undefined && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}
