import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contract, type Channel } from '../../src-preload/contract/index.ts'
import { ROLES, type Role } from '../../src-preload/contract/access.ts'
import { channelAccess } from '../../src-preload/contract/roles.ts'
import { requireAccess } from '../../src-main/app/require-access.ts'
import { admitPerson } from '../../src-main/registry/access/manage-people.ts'
import type { WorkspaceAccess } from '../../src-main/registry/access/workspace-access.ts'
import { listAudit } from '../../src-main/registry/audit/list.ts'
import { rolesTable } from '../../build/roles-table.ts'
import { newWorkspace } from '../registry/support.ts'

const channels = Object.keys(contract) as Channel[]

describe('who may call a channel', () => {
  it('is written down for every channel, and docs/roles.md says the same', () => {
    expect(Object.keys(channelAccess).toSorted()).toEqual(channels.toSorted())
    const written = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'roles.md'), 'utf8')
    // `npm run roles` writes the table anew; look at what it says before you do.
    expect(written).toBe(rolesTable())
  })

  it('is nobody for anything but public channels, while nobody is signed in', async () => {
    const { access } = await newWorkspace()
    access.signOut()
    const answered = channels.filter((channel) => codeOf(access, channel) === 'ok')
    expect(answered).toEqual(channels.filter((channel) => channelAccess[channel] === 'public'))
    access.close()
  })
})

describe('a person of one role', () => {
  it('is let through where the table says so and nowhere else, and each refusal is an entry', async () => {
    const { access } = await newWorkspace()
    const passwordOf = (role: Role): string => `password of ${role}`
    for (const role of ROLES) {
      await admitPerson(access, { loginName: role, displayName: role, roles: [role], password: passwordOf(role) })
    }
    for (const role of ROLES) {
      access.signOut()
      await access.signIn(role, passwordOf(role))
      const refused = channels.filter((channel) => codeOf(access, channel) === 'access/forbidden')
      const forbidden = channels.filter((channel) => {
        const allowed = channelAccess[channel]
        return typeof allowed !== 'string' && !allowed.includes(role)
      })
      expect([role, refused]).toEqual([role, forbidden])
      const entries = listAudit(access.registry().db, { limit: refused.length })
      const named = entries.map(({ action, afterJson }) => [
        action,
        (JSON.parse(afterJson!) as { channel: string }).channel,
      ])
      expect(named).toEqual(refused.toReversed().map((channel) => ['access:refuse', channel]))
    }
    access.close()
  })

  it('is never let into the registry’s administration without being an administrator', () => {
    for (const channel of channels.filter((name) => name.startsWith('people:'))) {
      expect(channelAccess[channel]).toEqual(['administrator'])
    }
  })
})

function codeOf(access: WorkspaceAccess, channel: Channel): string {
  try {
    requireAccess(access, channel)
    return 'ok'
  } catch (error) {
    return (error as { code: string }).code
  }
}
