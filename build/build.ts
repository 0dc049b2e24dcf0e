/** `npm run build` */
import { ensureBuilt } from './ensure-built.ts'

await ensureBuilt({ always: true })
