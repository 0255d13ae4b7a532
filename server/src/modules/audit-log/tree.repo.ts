import { TILE, createStoredTree, grownNodes } from '@visavis/platform/proof/stored-tree'
import type { GrownNode, ReadTile, StoredTree } from '@visavis/platform/proof/stored-tree'
import { Prisma } from '@visavis/prisma'
import type { Database, Tx } from '@visavis/prisma'

/** Nodes that are stored in one statement. */
const NODES_AT_ONCE = 1_000

/** The tree of a log as the database keeps it; for one look, at sizes for which there is a checkpoint. */
export function treeOf(db: Database | Tx, log: string): StoredTree {
  return createStoredTree(tilesOf(db, log))
}

/** Stores what becomes complete when the log grows from one size to another (see `grownNodes`). */
export async function growTree(
  tx: Tx,
  log: string,
  sizes: { readonly from: number; readonly to: number },
): Promise<void> {
  let waiting: GrownNode[] = []
  const store = async () => {
    await storeNodes(tx, log, waiting)
    waiting = []
  }
  for await (const grown of grownNodes(sizes, storingTiles())) {
    if (waiting.length === NODES_AT_ONCE) await store()
    waiting.push(grown)
  }
  await store()
  function storingTiles(): ReadTile {
    const read = tilesOf(tx, log)
    return async (level, tile) => {
      // A level is read when the one below it is stored.
      if (level > 0) await store()
      return read(level, tile)
    }
  }
}

function tilesOf(db: Database | Tx, log: string): ReadTile {
  return async (level, tile) => {
    const from = tile * TILE
    const rows =
      level === 0
        ? await db.$queryRaw<{ hash: Uint8Array }[]>`
            SELECT decode(hash, 'hex') AS hash FROM audit_entry
            WHERE log = ${log} AND seq > ${from} AND seq <= ${from + TILE} ORDER BY seq`
        : await db.$queryRaw<{ hash: Uint8Array }[]>`
            SELECT hash FROM audit_tree_node
            WHERE log = ${log} AND level = ${level} AND place >= ${from} AND place < ${from + TILE}
            ORDER BY place`
    return rows.map(({ hash }) => hash)
  }
}

async function storeNodes(tx: Tx, log: string, nodes: readonly GrownNode[]): Promise<void> {
  if (nodes.length === 0) return
  const rows = nodes.map(
    ({ level, place, hash }) => Prisma.sql`(${log}, ${level}, ${place}, ${hash})`,
  )
  await tx.$executeRaw`
    INSERT INTO audit_tree_node (log, level, place, hash) VALUES ${Prisma.join(rows)}`
}
