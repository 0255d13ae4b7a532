import type { Database } from '@visavis/prisma'

type Fact = { readonly fact: string }

/** What PostgreSQL's catalogues say about its tables, in the words of `schemaFacts`, sorted. */
export async function databaseFacts(db: Database): Promise<string[]> {
  const facts = [
    ...(await enumFacts(db)),
    ...(await columnFacts(db)),
    ...(await indexFacts(db)),
    ...(await foreignKeyFacts(db)),
  ]
  return facts.map(({ fact }) => fact).toSorted()
}

function enumFacts(db: Database): Promise<Fact[]> {
  return db.$queryRaw`
    SELECT format('enum %s (%s)', typname, string_agg(enumlabel, ', ' ORDER BY enumsortorder)) AS fact
    FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid
    WHERE typnamespace = 'public'::regnamespace
    GROUP BY typname`
}

function columnFacts(db: Database): Promise<Fact[]> {
  return db.$queryRaw`
    SELECT concat_ws(' ',
      format('column %s.%s', relname, attname),
      format_type(atttypid, atttypmod),
      CASE WHEN attnotnull THEN 'not null' END,
      CASE
        WHEN attgenerated = 's' THEN 'default generated'
        WHEN adbin IS NOT NULL
          -- 'REQUESTED'::relationship_state is written as its bare value.
          THEN 'default ' || regexp_replace(pg_get_expr(adbin, adrelid), '^''(.*)''::.*$', '\\1')
      END) AS fact
    FROM pg_attribute
    JOIN pg_class ON pg_class.oid = attrelid
    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0
      AND NOT attisdropped AND relname <> '_prisma_migrations'`
}

/** Partial and expression indexes, and exclusion constraints, are told in PostgreSQL's own words. */
function indexFacts(db: Database): Promise<Fact[]> {
  return db.$queryRaw`
    SELECT CASE
      WHEN indisexclusion THEN format('%s %s', tbl.relname, pg_get_constraintdef(pg_constraint.oid))
      WHEN indpred IS NOT NULL OR indexprs IS NOT NULL THEN pg_get_indexdef(indexrelid)
      ELSE format('%s %s (%s)',
        CASE WHEN indisprimary THEN 'primary key' WHEN indisunique THEN 'unique' ELSE 'index' END,
        tbl.relname,
        (SELECT string_agg(attname, ', ' ORDER BY place)
         FROM unnest(indkey) WITH ORDINALITY AS keys (key, place)
         JOIN pg_attribute ON attrelid = indrelid AND attnum = key))
      END AS fact
    FROM pg_index
    JOIN pg_class tbl ON tbl.oid = indrelid
    LEFT JOIN pg_constraint ON conindid = indexrelid AND contype = 'x'
    WHERE relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations'`
}

function foreignKeyFacts(db: Database): Promise<Fact[]> {
  return db.$queryRaw`
    WITH actions (code, words) AS (
      VALUES ('a', 'no action'), ('r', 'restrict'), ('c', 'cascade'), ('n', 'set null'))
    SELECT format('foreign key %s (%s) to %s (%s) on delete %s on update %s',
      conrelid::regclass,
      (SELECT string_agg(attname, ', ' ORDER BY place)
       FROM unnest(conkey) WITH ORDINALITY AS keys (key, place)
       JOIN pg_attribute ON attrelid = conrelid AND attnum = key),
      confrelid::regclass,
      (SELECT string_agg(attname, ', ' ORDER BY place)
       FROM unnest(confkey) WITH ORDINALITY AS keys (key, place)
       JOIN pg_attribute ON attrelid = confrelid AND attnum = key),
      deletes.words, updates.words) AS fact
    FROM pg_constraint
    JOIN actions deletes ON deletes.code = confdeltype::text
    JOIN actions updates ON updates.code = confupdtype::text
    WHERE contype = 'f' AND connamespace = 'public'::regnamespace`
}
