import { expect, it } from 'vitest'
import { deviceOf } from './device-name.ts'

const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15'
const ANDROID = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko)'

it.each([
  [`${MAC} Version/18.0 Safari/605.1.15`, 0, 'Safari', 'Mac'],
  [`${MAC} Version/18.0 Safari/605.1.15`, 5, 'Safari', 'iPad'],
  [`${ANDROID} Chrome/142.0 Mobile Safari/537.36`, 5, 'Chrome', 'Android'],
  [
    `${ANDROID} SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36`,
    5,
    'Samsung Internet',
    'Android',
  ],
  ['Mozilla/5.0 (Windows NT 10.0) Chrome/142.0 Safari/537.36 Edg/142.0', 0, 'Edge', 'Windows'],
  [
    'Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 YaBrowser/25.1 Safari/537.36',
    0,
    'Yandex',
    'Windows',
  ],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) CriOS/142.0 Safari/604.1', 5, 'Chrome', 'iPhone'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 0, 'Firefox', 'Linux'],
  ['something else', 0, null, null],
])('%s (%i points of touch) is %s on %s', (...[userAgent, points, browser, system]) => {
  expect(deviceOf(userAgent, points)).toEqual({ browser, system })
})
