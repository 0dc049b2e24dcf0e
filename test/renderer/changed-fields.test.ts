import { describe, expect, it } from 'vitest'
import { changedFields } from '@/components/admin/changed-fields.ts'

describe('what an audit entry says field by field', () => {
  it('has every field of either side, and tells which differ', () => {
    expect(changedFields('{"name":"王小明","sex":"male"}', '{"name":"王晓明","sex":"male","notes":"n"}')).toEqual([
      { name: 'name', before: '王小明', after: '王晓明', changed: true },
      { name: 'sex', before: 'male', after: 'male', changed: false },
      { name: 'notes', before: '–', after: 'n', changed: true },
    ])
  })

  it('shows a value that is no record as it is', () => {
    expect(changedFields('10', '4')).toEqual([{ name: '', before: '10', after: '4', changed: true }])
    expect(changedFields(null, '["a"]')).toEqual([{ name: '', before: '–', after: '["a"]', changed: true }])
    expect(changedFields(null, null)).toEqual([])
  })
})
