import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { panic } from '@visavis/contract/errors'

const SCHEMA_FILE = fileURLToPath(new URL('../../../../prisma/schema.prisma', import.meta.url))
const PRISMA_CLI = fileURLToPath(import.meta.resolve('prisma/build/index.js'))
const GENERATOR = fileURLToPath(new URL('./dmmf-generator.mjs', import.meta.url))

type Field = {
  readonly name: string
  readonly dbName?: string
  readonly kind: 'scalar' | 'enum' | 'object'
  readonly type: string
  readonly isRequired: boolean
  readonly isList: boolean
  readonly nativeType: readonly [string, readonly string[]] | null
  readonly default?: unknown
  readonly relationFromFields?: readonly string[]
  readonly relationToFields?: readonly string[]
  readonly relationOnDelete?: string
  readonly relationOnUpdate?: string
}
type Model = { readonly name: string; readonly dbName: string; readonly fields: readonly Field[] }
type Enum = {
  readonly name: string
  readonly dbName: string
  readonly values: readonly { readonly name: string }[]
}
type Index = {
  readonly model: string
  readonly type: 'id' | 'unique' | 'normal'
  readonly fields: readonly { readonly name: string }[]
}
type Datamodel = {
  readonly models: readonly Model[]
  readonly enums: readonly Enum[]
  readonly indexes: readonly Index[]
}

/** The text of prisma/schema.prisma. */
export function readSchema(): Promise<string> {
  return readFile(SCHEMA_FILE, 'utf8')
}

/** What a Prisma schema says about the database, one sentence a fact, sorted. */
export async function schemaFacts(schema: string): Promise<string[]> {
  const data = await parseSchema(schema)
  const facts = [
    ...data.enums.map(({ dbName, values }) => `enum ${dbName} (${names(values)})`),
    ...data.models.flatMap((model) => modelFacts(model, data)),
    ...data.indexes.map((index) => indexFact(index, data)),
    ...unsupportedFacts(schema, data),
  ]
  return facts.toSorted()
}

async function parseSchema(schema: string): Promise<Datamodel> {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-schema-'))
  try {
    const generator = `generator parsed {\n  provider = "node '${GENERATOR}'"\n}`
    const file = join(folder, 'schema.prisma')
    const output = join(folder, 'datamodel.json')
    await writeFile(file, schema.replace(/^generator \w+ \{[^}]*\}/m, generator))
    await promisify(execFile)(process.execPath, [PRISMA_CLI, 'generate', '--schema', file], {
      // `generate` never runs the schema engine, but would download it where no binary is named.
      env: { ...process.env, DMMF_FILE: output, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath },
    })
    return JSON.parse(await readFile(output, 'utf8')) as Datamodel
  } finally {
    await rm(folder, { recursive: true })
  }
}

function modelFacts(model: Model, data: Datamodel): string[] {
  const columns = model.fields.filter((field) => field.kind !== 'object')
  const relations = model.fields.filter((field) => field.relationFromFields?.length)
  return [
    ...columns.map((field) => columnFact(model, { field, data })),
    ...relations.map((field) => foreignKeyFact(model, { field, data })),
  ]
}

function columnFact(model: Model, { field, data }: { field: Field; data: Datamodel }): string {
  const type = field.kind === 'enum' ? enumOf(field.type, data).dbName : columnType(field)
  const parts = [`column ${model.dbName}.${columnName(field)}`, field.isList ? `${type}[]` : type]
  if (field.isRequired) parts.push('not null')
  if (field.default !== undefined) parts.push(`default ${defaultText(model, field)}`)
  return parts.join(' ')
}

const SCALAR_TYPES: Readonly<Record<string, string>> = {
  String: 'text',
  Int: 'integer',
  BigInt: 'bigint',
  Float: 'double precision',
  Boolean: 'boolean',
  Json: 'jsonb',
  Bytes: 'bytea',
  'String Uuid': 'uuid',
  'DateTime Date': 'date',
  'DateTime Timestamptz(3)': 'timestamp(3) with time zone',
}

function columnType(field: Field): string {
  const [native, parameters] = field.nativeType ?? []
  const suffix = parameters?.length ? `(${parameters.join()})` : ''
  const type = native ? `${field.type} ${native}${suffix}` : field.type
  return SCALAR_TYPES[type] ?? panic(`the drift test does not know ${type}: add it to SCALAR_TYPES`)
}

function defaultText(model: Model, field: Field): string {
  const value = field.default
  if (Array.isArray(value)) return `{${value.join()}}`
  if (typeof value !== 'object' || value === null) return String(value)
  const name = 'name' in value ? value.name : undefined
  if (name === 'now') return 'CURRENT_TIMESTAMP'
  if (name === 'dbgenerated') return 'generated'
  if (name === 'autoincrement') {
    return `nextval('${model.dbName}_${columnName(field)}_seq'::regclass)`
  }
  return panic(`the drift test does not know default ${JSON.stringify(value)}`)
}

const REFERENTIAL_ACTIONS: Readonly<Record<string, string>> = {
  NoAction: 'no action',
  Restrict: 'restrict',
  Cascade: 'cascade',
  SetNull: 'set null',
}

function foreignKeyFact(model: Model, { field, data }: { field: Field; data: Datamodel }): string {
  const target = modelOf(field.type, data)
  const from = columnNames(model, field.relationFromFields ?? [])
  const to = columnNames(target, field.relationToFields ?? [])
  const onDelete = REFERENTIAL_ACTIONS[field.relationOnDelete ?? ''] ?? 'unsaid'
  const onUpdate = REFERENTIAL_ACTIONS[field.relationOnUpdate ?? ''] ?? 'unsaid'
  return `foreign key ${model.dbName} (${from}) to ${target.dbName} (${to}) on delete ${onDelete} on update ${onUpdate}`
}

const INDEX_WORDS = { id: 'primary key', unique: 'unique', normal: 'index' } as const

function indexFact(index: Index, data: Datamodel): string {
  const model = modelOf(index.model, data)
  const columns = columnNames(
    model,
    index.fields.map((field) => field.name),
  )
  return `${INDEX_WORDS[index.type]} ${model.dbName} (${columns})`
}

/** Prisma leaves columns of types it does not support out of the parsed schema, so they are read from its text. */
function unsupportedFacts(schema: string, data: Datamodel): string[] {
  const models = schema.matchAll(/^model (\w+) \{\n([^}]*)^\}/gm)
  return [...models].flatMap(([, name = '', body = '']) =>
    [...body.matchAll(/^ +(\w+) +Unsupported\("([^"]+)"\)(\??)(.*)$/gm)].map(
      ([, field = '', type = '', optional = '', rest = '']) => {
        const column = /@map\("([^"]+)"\)/.exec(rest)?.[1] ?? field
        const suffix = `${optional ? '' : ' not null'}${rest.includes('dbgenerated()') ? ' default generated' : ''}`
        return `column ${modelOf(name, data).dbName}.${column} ${type}${suffix}`
      },
    ),
  )
}

function names(items: readonly { readonly name: string }[]): string {
  return items.map((item) => item.name).join(', ')
}

function columnName(field: Field): string {
  return field.dbName ?? field.name
}

function columnNames(model: Model, fields: readonly string[]): string {
  const columns = fields.map((name) => model.fields.find((field) => field.name === name))
  return columns.map((field) => (field ? columnName(field) : '?')).join(', ')
}

function modelOf(name: string, data: Datamodel): Model {
  return data.models.find((model) => model.name === name) ?? panic(`no model ${name}`)
}

function enumOf(name: string, data: Datamodel): Enum {
  return data.enums.find((one) => one.name === name) ?? panic(`no enum ${name}`)
}
