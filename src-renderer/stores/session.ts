import { defineStore } from 'pinia'
import { computed, nextTick, shallowRef } from 'vue'
import { call, on, toErrorReply } from '../api.ts'
import type { AccessState, ErrorReply, Role } from '../contract.ts'
import { forgetPatients } from './forgetting.ts'

/** Activity is told to main at most this often; the idle lock counts in minutes. */
const REPORT_EVERY_MS = 10_000

/** Who is signed in. Main decides; the window follows. */
export const useSessionStore = defineStore('session', () => {
  const access = shallowRef<AccessState | null>(null)
  const error = shallowRef<ErrorReply | null>(null)
  /** Shown once, until it has been typed back; held nowhere else. */
  const recoveryCode = shallowRef<string | null>(null)
  let reportedAtMs = Number.NEGATIVE_INFINITY

  const person = computed(() => access.value?.person ?? null)
  const lockedPerson = computed(() => access.value?.lockedPerson ?? null)
  const open = computed(() => access.value?.state === 'open' && recoveryCode.value === null)

  /** Whether the person signed in holds one of these roles. */
  function may(...roles: readonly Role[]): boolean {
    return person.value?.roles.some((role) => roles.includes(role)) ?? false
  }

  function follow(next: AccessState): void {
    if (next.person === null || next.person.id !== person.value?.id) forgetPatients()
    access.value = next
  }

  /** Asks main once and follows it from then on. */
  async function load(): Promise<void> {
    error.value = null
    try {
      follow(await call('access:describe', undefined))
    } catch (problem) {
      error.value = toErrorReply(problem)
    }
  }
  on('access:changed', follow)

  /** @throws AppError */
  async function createRegistry(name: string, password: string, physician: boolean): Promise<void> {
    const roles: Role[] = physician ? ['operator', 'reviewer'] : ['operator']
    const made = await call('access:create', { loginName: name, displayName: name, password, roles })
    recoveryCode.value = made.recoveryCode
    follow(made.state)
  }

  /** The code lies in a safe place; from here on it is nowhere else. */
  function keepRecoveryCode(): void {
    recoveryCode.value = null
  }

  /** @throws AppError `access/refused`, `access/wait` */
  async function signIn(name: string, password: string): Promise<void> {
    follow(await call('access:sign-in', { loginName: name, password }))
  }

  /** A used code is replaced by a new one, to be kept like the first. @throws AppError `access/refused`, `access/wait` */
  async function recover(code: string, name: string, newPassword: string): Promise<void> {
    const recovered = await call('access:recover', { recoveryCode: code, loginName: name, newPassword })
    recoveryCode.value = recovered.recoveryCode
    follow(recovered.state)
  }

  /** @throws AppError `access/refused`, `access/wait` */
  async function unlock(password: string): Promise<void> {
    await signIn(lockedPerson.value?.loginName ?? '', password)
  }

  /** The page is emptied at once; main is told behind it. */
  async function lock(): Promise<void> {
    if (!open.value) return
    hide()
    follow(await call('access:lock', undefined))
  }

  /** Forms hand what was typed to main as they are taken down, so they go first. */
  async function signOut(): Promise<void> {
    if (open.value) hide()
    await nextTick()
    follow(await call('access:sign-out', undefined))
  }

  function hide(): void {
    follow({ ...access.value!, state: 'locked', person: null, lockedPerson: person.value })
  }

  /** @throws AppError */
  async function changePassword(password: string, newPassword: string): Promise<void> {
    await call('access:change-password', { password, newPassword })
  }

  /** Makes the old recovery code worthless. @throws AppError */
  async function renewRecoveryCode(password: string): Promise<void> {
    recoveryCode.value = (await call('access:new-recovery-code', { password })).recoveryCode
  }

  /** Somebody typed or moved the mouse. */
  function reportActivity(): void {
    const nowMs = performance.now()
    if (!open.value || nowMs - reportedAtMs < REPORT_EVERY_MS) return
    reportedAtMs = nowMs
    // A lost connection is told where it matters; the next movement tries again.
    void call('session:report-activity', undefined).catch(() => undefined)
  }

  return {
    access,
    error,
    recoveryCode,
    person,
    lockedPerson,
    open,
    may,
    load,
    createRegistry,
    keepRecoveryCode,
    signIn,
    recover,
    unlock,
    lock,
    signOut,
    changePassword,
    renewRecoveryCode,
    reportActivity,
  }
})
