/**
 * QT interval corrected for the heart rate.
 *
 * @param qtMs  onset of QRS to end of T, ms
 * @param rrMs  mean RR interval, ms, positive
 * @returns     ms
 * @see  Bazett HC, Heart 1920;7:353–370
 */
export const qtcBazett = (qtMs: number, rrMs: number): number => qtMs / Math.sqrt(rrMs / 1000)

/** As {@link qtcBazett}. @see Fridericia LS, Acta Med Scand 1920;53:469–486 */
export const qtcFridericia = (qtMs: number, rrMs: number): number => qtMs / Math.cbrt(rrMs / 1000)

/** As {@link qtcBazett}: QT + 0.154 (1 − RR) in seconds. @see Sagie A et al., Am J Cardiol 1992;70:797–801 */
export const qtcFramingham = (qtMs: number, rrMs: number): number => qtMs + 154 * (1 - rrMs / 1000)

/** As {@link qtcBazett}: QT + 1.75 (rate − 60). @see Hodges M et al., J Am Coll Cardiol 1983;1:694 (abstract) */
export const qtcHodges = (qtMs: number, rrMs: number): number => qtMs + 1.75 * (60_000 / rrMs - 60)
