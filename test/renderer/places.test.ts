import { describe, expect, it } from 'vitest'
import { PLACES, placeOf, placesOf } from '@/components/frame/places.ts'
import { ROLES, type Role } from '@/contract.ts'
import { router } from '@/router.ts'
import { channelAccess } from '../../src-preload/contract/roles.ts'
import type { Channel } from '../../src-preload/contract/index.ts'

/** What each page asks main for as soon as it is opened. */
const FIRST_CALL: Readonly<Record<keyof typeof PLACES, readonly Channel[]>> = {
  'work-list': ['worklist:query'],
  patients: ['patients:search'],
  import: ['ecg:import-files'],
  batches: ['batch:list'],
  studies: ['study:list', 'study:list-mine'],
  exchange: ['exchange:describe'],
  models: ['app:describe'],
  administration: ['people:list', 'backup:describe', 'audit:search', 'settings:change', 'site-keys:list'],
  help: ['app:describe'],
}

const mayCall = (role: Role, channel: Channel): boolean => {
  const allowed = channelAccess[channel]
  return typeof allowed === 'string' || allowed.includes(role)
}

describe('the places of the window', () => {
  it('are offered to exactly those whom main lets in', () => {
    for (const role of ROLES) {
      const offered = placesOf((...roles) => roles.includes(role)).map(([name]) => name)
      const answered = (Object.keys(PLACES) as (keyof typeof PLACES)[]).filter((name) =>
        FIRST_CALL[name].some((channel) => mayCall(role, channel)),
      )
      expect([role, offered]).toEqual([role, answered])
    }
  })

  it('are administration as a whole or not at all: one role answers all of its pages', () => {
    for (const channel of FIRST_CALL.administration) expect(channelAccess[channel]).toEqual(['administrator'])
  })

  it('include every page that has an address', () => {
    const names = router.getRoutes().flatMap(({ name }) => (name === undefined ? [] : [String(name)]))
    expect(names.filter((name) => name !== 'work-list' && placeOf(name) === PLACES['work-list'])).toEqual(['recording'])
  })
})
