import { expect, it } from 'vitest'
import { isInternalTable, STAYING, TRAVELLING } from '../../../src-main/registry/exchange/travelling-tables.ts'
import { tableShape } from '../../../src-main/registry/exchange/table-shape.ts'
import { newWorkspace } from '../support.ts'

it('knows of every table whether it travels, and why it stays where it does not', async () => {
  const { registry } = await newWorkspace()
  const tables = registry.db.prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`).all() as { name: string }[]
  const named = [...TRAVELLING.map(({ name }) => name), ...Object.keys(STAYING)]
  expect(tables.map(({ name }) => name).filter((name) => !isInternalTable(name)).toSorted()).toEqual(named.toSorted()) // prettier-ignore
})

it('finds blobs, people and owners of what travels in the schema', async () => {
  const { registry } = await newWorkspace()
  for (const { name, key } of TRAVELLING) {
    const { columns, blobs, people, owners } = tableShape(registry.db, name)
    expect(columns).toEqual(expect.arrayContaining([...key]))
    // A column that is called like a name of something and is none would travel as a word without meaning.
    for (const column of columns) {
      if (/_blob$|^blob_id$/.test(column)) expect(blobs, `${name}.${column}`).toContain(column)
      if (/_by$|^reviewer_id$/.test(column)) expect(people, `${name}.${column}`).toContain(column)
      if (/^(patient|recording|screening|source|kept|absorbed)_id$|^merged_into$/.test(column))
        expect([...owners.keys()], `${name}.${column}`).toContain(column)
    }
  }
})
