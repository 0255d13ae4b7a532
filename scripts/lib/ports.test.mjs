import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { requireFreePorts } from './ports.mjs'

/** @param {number} port @param {'tcp' | 'udp'} protocol */
const port = (port, protocol) => ({
  owner: 'recorder',
  port,
  host: '127.0.0.1',
  protocol,
  setting: 'RECORDER_CONTROL_PORT',
})

describe('a port that is taken', () => {
  it('is named with its owner and the setting that moves it (TCP)', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port: taken } = /** @type {import('node:net').AddressInfo} */ (other.address())
    await expect(requireFreePorts([port(taken, 'tcp')])).rejects.toMatchObject({
      message: expect.stringContaining(`Port ${taken} (TCP), which the recorder needs`),
      cure: expect.stringContaining('RECORDER_CONTROL_PORT'),
    })
    other.close()
    await once(other, 'close')
    await requireFreePorts([port(taken, 'tcp')])
  })

  it('is seen on every address, too (UDP)', async () => {
    const other = createSocket('udp4').bind(0, '0.0.0.0')
    await once(other, 'listening')
    await expect(requireFreePorts([port(other.address().port, 'udp')])).rejects.toThrow('(UDP)')
    other.close()
  })

  it('is not looked for when the setting is no port: the process itself says what is wrong', async () => {
    await requireFreePorts([port(Number('abc'), 'tcp'), port(0, 'tcp'), port(70_000, 'tcp')])
  })
})
