import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { call, toErrorReply } from '../api.ts'
import type { ErrorReply, PersonEntry, Role } from '../contract.ts'

export interface NewPerson {
  loginName: string
  displayName: string
  roles: Role[]
  password: string
}

/** Who may sign in here. */
export const usePeopleStore = defineStore('people', () => {
  const people = shallowRef<readonly PersonEntry[]>([])
  const loading = shallowRef(false)
  const error = shallowRef<ErrorReply | null>(null)

  async function load(): Promise<void> {
    loading.value = true
    error.value = null
    try {
      people.value = await call('people:list', undefined)
    } catch (problem) {
      error.value = toErrorReply(problem)
    } finally {
      loading.value = false
    }
  }

  /** @throws AppError `person/name-taken`, `access/weak-password` */
  async function add(person: NewPerson): Promise<void> {
    await call('people:add', person)
    await load()
  }

  /** @throws AppError `person/last-administrator` */
  async function change(personId: string, displayName: string, roles: Role[]): Promise<void> {
    await call('people:change', { personId, displayName, roles })
    await load()
  }

  /** Also gives access back to who had lost it. @throws AppError `access/weak-password` */
  async function setPassword(personId: string, newPassword: string): Promise<void> {
    await call('people:set-password', { personId, newPassword })
    await load()
  }

  /** @throws AppError `person/revoke-oneself`, `person/last-administrator` */
  async function revoke(personId: string, reason: string): Promise<void> {
    await call('people:revoke', { personId, reason })
    await load()
  }

  return { people, loading, error, load, add, change, setPassword, revoke }
})
