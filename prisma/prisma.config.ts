import { defineConfig } from 'prisma/config'

/** Where Prisma's own commands find the schema and the migrations; `generate` needs no database. */
export default defineConfig({
  schema: 'schema.prisma',
  migrations: { path: 'migrations' },
  datasource: { url: process.env['DATABASE_URL'] ?? '' },
})
