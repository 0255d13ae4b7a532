import { describe, expect, it } from 'vitest'
import { readDatabaseConfig } from './config.ts'

describe('readDatabaseConfig', () => {
  it('takes a PostgreSQL address', () => {
    const config = readDatabaseConfig({ DATABASE_URL: 'postgresql://a@localhost/b' })
    expect(config).toEqual({
      databaseUrl: 'postgresql://a@localhost/b',
      appDatabaseUrl: null,
      isProduction: false,
    })
  })

  it.each([undefined, '', 'mysql://localhost/b'])(
    'names the variable and the cure for %j',
    (url) => {
      const environment = url === undefined ? {} : { DATABASE_URL: url }
      expect(() => readDatabaseConfig(environment)).toThrow(
        /DATABASE_URL must be an address like postgresql:/,
      )
    },
  )
})
