import type { SavedView } from '../../../src-preload/contract/index.ts'
import { listSavedViews, removeView, saveView } from '../../registry/tables/saved-views.ts'
import { countKinds, countWork, listUnscreened, listWork } from '../../registry/worklist/list-work.ts'
import type { Today } from '../../registry/worklist/work-conditions.ts'
import type { Handlers } from '../dispatch.ts'
import { exportWorkCsv } from '../exports/work-csv.ts'
import type { Services } from '../services.ts'

type Channels = Extract<keyof Handlers, `worklist:${string}`>

/** `worklist:*` — what waits, by whatever one filters and sorts it. */
export function worklistHandlers({ access }: Services): Pick<Handlers, Channels> {
  const today = (): Today => presentDay(access.environment.now().utcMs)

  function views(): SavedView[] {
    return listSavedViews(access.registry().db, access.person().id).map(({ id, name, definition }) => ({
      ...(definition as Omit<SavedView, 'id' | 'name'>),
      id,
      name,
    }))
  }

  return {
    'worklist:query'(query) {
      const { db } = access.registry()
      return { total: countWork(db, query.filter, today()), rows: listWork(db, query, today()) }
    },
    'worklist:count': () => countKinds(access.registry().db, today()),
    'worklist:list-unscreened': ({ filter }) => listUnscreened(access.registry().db, filter, today()),
    'worklist:export-csv': (query) => exportWorkCsv(access.registry(), access.actor(), query, today()),
    'worklist:list-views': views,
    'worklist:save-view'({ name, filter, order, descending, columns }) {
      const definition = { filter, order, descending, columns }
      const { id: personId } = access.person()
      const position = listSavedViews(access.registry().db, personId).length
      access.registry().change(access.actor(), (change) => saveView(change, personId, { name, definition, position }))
      return views()
    },
    'worklist:remove-view'({ id }) {
      access.registry().change(access.actor(), (change) => removeView(change, access.person().id, id))
      return views()
    },
  }
}

/** The day of this computer's own calendar. */
export function presentDay(utcMs: number): Today {
  const start = new Date(utcMs)
  start.setHours(0, 0, 0, 0)
  const two = (value: number): string => String(value).padStart(2, '0')
  return {
    date: `${start.getFullYear()}-${two(start.getMonth() + 1)}-${two(start.getDate())}`,
    startMs: start.getTime(),
  }
}
