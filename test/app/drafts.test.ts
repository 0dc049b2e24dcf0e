import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Drafts } from '../../src-main/app/desk/drafts.ts'
import { WorkspaceAccess } from '../../src-main/registry/access/workspace-access.ts'
import { ADMINISTRATOR, newWorkspace, QUICK, testClock } from '../registry/support.ts'

const FORM = 'patient-new'
const TYPED = '{"name":"Zanzibarqx"}'

it('keeps a half-typed form through the lock and a restart, encrypted, until it is dropped', async () => {
  const { workspace, access } = await newWorkspace()
  const drafts = new Drafts(access)
  drafts.keep(FORM, '{}')
  drafts.keep(FORM, TYPED)
  access.lock()
  expect(() => drafts.read(FORM)).toThrow(expect.objectContaining({ code: 'access/locked' }))
  access.close()
  expect(readFileSync(join(workspace, 'registry', 'registry.db')).includes('Zanzibarqx')).toBe(false)

  const again = WorkspaceAccess.open({ workspace, environment: testClock(), parameters: QUICK })
  const kept = new Drafts(again)
  await again.signIn(ADMINISTRATOR.loginName, ADMINISTRATOR.password)
  expect(kept.read(FORM)).toBe(TYPED)
  kept.drop(FORM)
  expect(kept.read(FORM)).toBeNull()
  again.close()
})

it('takes what a page still sends after the lock, and prefers it to what was stored before', async () => {
  const { access } = await newWorkspace()
  const drafts = new Drafts(access)
  drafts.keep(FORM, '{"name":"Z"}')
  access.lock()
  drafts.keep(FORM, TYPED)
  await access.signIn(ADMINISTRATOR.loginName, ADMINISTRATOR.password)
  expect(drafts.read(FORM)).toBe(TYPED)
  access.close()
})

it('keeps the newest fifty forms of a person', async () => {
  const clock = testClock()
  const { access } = await newWorkspace(clock)
  const drafts = new Drafts(access)
  for (let form = 0; form < 60; form += 1) {
    clock.wallMs += 1000
    drafts.keep(`form-${form}`, TYPED)
  }
  expect([drafts.read('form-9'), drafts.read('form-10'), drafts.read('form-59')]).toEqual([null, TYPED, TYPED])
  const { db } = access.registry()
  expect(db.prepare('SELECT count(*) AS count FROM form_draft').get()).toEqual({ count: 50 })
  access.close()
})
