import { describe, expect, it } from 'vitest'
import { parseDotEnv } from './dot-env.mjs'

describe('the .env file', () => {
  it('gives names and values, with or without quotes', () => {
    const text = 'PORT=3000\nexport HOST = 127.0.0.1\r\nA="two words"\nB=\'# no comment\''
    expect(parseDotEnv(text)).toEqual({
      PORT: '3000',
      HOST: '127.0.0.1',
      A: 'two words',
      B: '# no comment',
    })
  })

  it('leaves out comments and empty values', () => {
    const text = '# PORT=1\n\nPORT=2 # two\nCONTROL_SECRET=\nHOST=# none\nA="x" # said'
    expect(parseDotEnv(text)).toEqual({ PORT: '2', A: 'x' })
  })

  it('keeps a hash and an equals sign inside a value', () => {
    expect(parseDotEnv('DATABASE_URL=postgresql://u:p#1@h/d?a=b')).toEqual({
      DATABASE_URL: 'postgresql://u:p#1@h/d?a=b',
    })
  })
})
