/** One line of the program made wrong, and the test that must then be red. */
export interface PlantedDefect {
  /** What the guard is for. */
  readonly guard: string
  /** What is planted. */
  readonly defect: string
  readonly file: string
  /** Texts of the file, each found exactly once, and what stands there instead. */
  readonly edits: readonly (readonly [from: string, to: string])[]
  readonly test: string
  /** The test that must fail, by its name or a part of it. */
  readonly name: string
}

const REGISTRY = 'src-main/registry'
const TESTS = 'test/registry'

/** A gate that was never seen red is no evidence: each guard of the registry with a defect that it must see. */
export const REGISTRY_DEFECTS: readonly PlantedDefect[] = [
  {
    guard: 'power loss',
    defect: 'the database does not wait for the disk',
    file: `${REGISTRY}/database.ts`,
    edits: [
      [`'synchronous = FULL'`, `'synchronous = NORMAL'`],
      ['synchronous: 2', 'synchronous: 1'],
    ],
    test: `${TESTS}/durability/power-loss.test.ts`,
    name: 'loses no acknowledged row',
  },
  {
    guard: 'power loss',
    defect: 'a blob is not on the disk before the row that names it',
    file: `${REGISTRY}/blobs/write-durably.ts`,
    edits: [
      [`    fsyncSync(file)\n  } catch`, `  } catch`],
      [`  renameSync(temporary, path)\n  syncDirectory(directory)`, `  renameSync(temporary, path)`],
    ],
    test: `${TESTS}/durability/power-loss.test.ts`,
    name: 'loses no acknowledged row',
  },
  {
    guard: 'kill storm',
    defect: 'row and audit entry are not one transaction',
    file: `${REGISTRY}/registry.ts`,
    edits: [[`      db\n        .transaction(() => {`, `      ((work: () => T) => ({ immediate: work }))(() => {`]],
    test: `${TESTS}/durability/kill-storm.test.ts`,
    name: 'keeps every acknowledged row',
  },
  {
    guard: 'bit flips',
    defect: 'a cipher without a tag',
    file: `${REGISTRY}/database.ts`,
    edits: [[`cipher = 'chacha20'`, `cipher = 'aes256cbc'`]],
    test: `${TESTS}/bit-flips.test.ts`,
    name: 'in the registry is never another value',
  },
  {
    guard: 'bit flips',
    defect: 'a damaged blob is handed out as it lies',
    file: `${REGISTRY}/blobs/blob-store.ts`,
    edits: [
      [
        'unseal(this.#keyOf(id), file.subarray(MAGIC.length), id) : null',
        '(unseal(this.#keyOf(id), file.subarray(MAGIC.length), id) ?? file) : file',
      ],
      ['if (content === null || this.#idOf(content) !== id) {', 'if (content === null) {'],
    ],
    test: `${TESTS}/bit-flips.test.ts`,
    name: 'in a blob is refused',
  },
  {
    guard: 'migration ladder',
    defect: 'a step is not one transaction',
    file: `${REGISTRY}/migrate.ts`,
    edits: [
      ['    db.transaction(() => {', '    ;(() => {'],
      ['    }).immediate()', '    })()'],
    ],
    test: `${TESTS}/migrations.test.ts`,
    name: 'that is broken off anywhere leaves the old version whole',
  },
  {
    guard: 'migration ladder',
    defect: 'a step is not one transaction, and the process is killed',
    file: `${REGISTRY}/migrate.ts`,
    edits: [
      ['    db.transaction(() => {', '    ;(() => {'],
      ['    }).immediate()', '    })()'],
    ],
    test: `${TESTS}/durability/migration-kill.test.ts`,
    name: 'leaves a whole old or new registry',
  },
  {
    guard: 'migration ladder',
    defect: 'an older application opens a newer registry',
    file: `${REGISTRY}/migrate.ts`,
    edits: [['if (found <= migrations.length) return', 'if (found >= 0) return']],
    test: `${TESTS}/migrations.test.ts`,
    name: 'refuses a newer registry',
  },
  {
    guard: 'audit tamper',
    defect: 'a field is left out of the hash',
    file: `${REGISTRY}/audit/entry.ts`,
    edits: [['    entry.reason,\n', '']],
    test: `${TESTS}/audit.test.ts`,
    name: 'an edited reason of the last entry',
  },
  {
    guard: 'audit tamper',
    defect: 'the trail is not held against the signed head',
    file: `${REGISTRY}/audit/verify.ts`,
    edits: [['  firstBad ??= faultAgainstHeads(db, heads, number)\n', '']],
    test: `${TESTS}/audit.test.ts`,
    name: 'the end cut off',
  },
  {
    guard: 'audit tamper',
    defect: 'a change may come without an entry',
    file: `${REGISTRY}/registry.ts`,
    edits: [[`          if (end.entries === before) throw new Error('a change without an audit entry')\n`, '']],
    test: `${TESTS}/registry.test.ts`,
    name: 'refuses a change that says nothing to the trail',
  },
  {
    guard: 'backup drill',
    defect: 'one blob is left out of the backup',
    file: `${REGISTRY}/backup/make-backup.ts`,
    edits: [['const copied = named.filter(', 'const copied = named.slice(1).filter(']],
    test: `${TESTS}/backup.test.ts`,
    name: 'brings back every row',
  },
  {
    guard: 'full disk',
    defect: 'an error of the disk is swallowed',
    file: `${REGISTRY}/storage-errors.ts`,
    edits: [['    throw toStorageError(error)\n', '    return undefined as T\n']],
    test: `${TESTS}/durability/full-disk.test.ts`,
    name: 'that is full at any of',
  },
  {
    guard: 'canary sweep',
    defect: 'a copy that is not encrypted stays beside a blob',
    file: `${REGISTRY}/blobs/blob-store.ts`,
    edits: [
      [
        'withStorageErrors(() => writeDurably(path, sealed))',
        'withStorageErrors(() => writeDurably(path, sealed))\n    writeDurably(`${path}.part`, content)',
      ],
    ],
    test: `${TESTS}/canary.test.ts`,
    name: 'leaves nothing of a patient readable',
  },
  {
    guard: 'login abuse',
    defect: 'a wrong password costs no wait',
    file: `${REGISTRY}/access/throttle.ts`,
    edits: [['if (failures <= FREE_FAILURES) return 0', 'if (failures >= 0) return 0']],
    test: `${TESTS}/access.test.ts`,
    name: 'stays slow through restarts',
  },
  {
    guard: 'login abuse',
    defect: 'a restart ends the wait',
    file: `${REGISTRY}/access/throttle.ts`,
    edits: [['?? this.#startedMs', '?? -Infinity']],
    test: `${TESTS}/access.test.ts`,
    name: 'stays slow through restarts',
  },
  {
    guard: 'login abuse',
    defect: 'an unknown name is answered at once',
    file: `${REGISTRY}/access/key-cabinet.ts`,
    edits: [
      [
        'return unwrapDataKey(this.#store.wrapOf({ nameHash }) ?? decoy, password)',
        'const wrap = this.#store.wrapOf({ nameHash })\n      return wrap ? unwrapDataKey(wrap, password) : Promise.resolve(decoy && null)',
      ],
    ],
    test: `${TESTS}/login-abuse.test.ts`,
    name: 'costs what a known one costs',
  },
  {
    guard: 'login abuse',
    defect: 'an unknown name costs what nobody’s costs any more',
    file: `${REGISTRY}/access/key-wraps.ts`,
    edits: [['?? { parameters: present }', '&& { parameters: present }']],
    test: `${TESTS}/login-abuse.test.ts`,
    name: 'costs what somebody’s costs while only some have signed in',
  },
  {
    guard: 'role × channel',
    defect: 'whoever is signed in may call everything',
    file: 'src-main/app/require-access.ts',
    edits: [[`if (allowed === 'signed-in' || access.holdsOne(allowed)) return`, 'if (allowed) return']],
    test: 'test/app/roles.test.ts',
    name: 'is let through where the table says so',
  },
  {
    guard: 'role × channel',
    defect: 'a channel is opened to more roles and nobody looked',
    file: 'src-preload/contract/roles.ts',
    edits: [[`'audit:search': ADMINISTRATOR`, `'audit:search': 'signed-in'`]],
    test: 'test/app/roles.test.ts',
    name: 'is written down for every channel',
  },
  {
    guard: 'one writer',
    defect: 'a second start is let in',
    file: `${REGISTRY}/access/access-store.ts`,
    edits: [
      [`      db.pragma('locking_mode = EXCLUSIVE')\n`, ''],
      ['db.exec(`BEGIN EXCLUSIVE;', 'db.exec(`BEGIN;'],
    ],
    test: `${TESTS}/access.test.ts`,
    name: 'is one process at a time',
  },
  {
    guard: 'signed reviews',
    defect: 'a signature is not verified',
    file: `${REGISTRY}/tables/review-proof.ts`,
    edits: [
      [`isSignedBy(key, signedText(review.recordSha256), review.signature) ? 'verified' : 'altered'`, `'verified'`],
    ],
    test: `${TESTS}/review-proof.test.ts`,
    name: 'after somebody changed the signature',
  },
  {
    guard: 'signed reviews',
    defect: 'what was signed is not held against its hash',
    file: `${REGISTRY}/tables/review-proof.ts`,
    edits: [[`  if (reviewedRecordSha256(db, screeningId, review) !== review.recordSha256) return 'altered'\n`, '']],
    test: `${TESTS}/review-proof.test.ts`,
    name: 'after somebody changed its conclusion',
  },
  {
    guard: 'half-typed forms',
    defect: 'a form is forgotten when the window locks',
    file: 'src-main/app/desk/drafts.ts',
    edits: [['    if (person) this.#store(person.id, form, draft)\n    else if', '    if']],
    test: 'test/app/drafts.test.ts',
    name: 'through the lock and a restart',
  },
]
