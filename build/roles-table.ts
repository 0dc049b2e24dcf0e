import { contract, type Channel } from '../src-preload/contract/index.ts'
import { ROLES } from '../src-preload/contract/access.ts'
import { channelAccess } from '../src-preload/contract/roles.ts'

/** The table of docs/roles.md, as `src-preload/contract/roles.ts` states it and main enforces it. */
export function rolesTable(): string {
  const head = ['channel', 'before sign-in', ...ROLES]
  const rows = (Object.keys(contract) as Channel[]).toSorted().map((channel) => {
    const allowed = channelAccess[channel]
    const may = ROLES.map((role) => typeof allowed === 'string' || allowed.includes(role))
    return [`\`${channel}\``, ...[allowed === 'public', ...may].map((yes) => (yes ? 'yes' : '–'))]
  })
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
  return `# Who may call what

Written by \`npm run roles\` from \`src-preload/contract/roles.ts\`. Main checks it before a channel runs; a refusal is an
entry of the audit trail. A person with several roles may do what any of them may. In a workspace without a registry
nobody signs in; channels that need one answer \`registry/absent\` there.

${lines.join('\n')}
`
}
