/**
 * Millivolts in one unit of `unit` as ECG files spell it (UCUM, MDC and plain words; `µ` in both of its Unicode
 * forms), or undefined where it is no unit of voltage that we know.
 */
export function millivoltsPer(unit: string): number | undefined {
  return millivolts.get(
    unit
      .trim()
      .toLowerCase()
      .replace(/[\u00b5\u03bc]/g, 'u')
      .replace(/s$/, ''),
  )
}

/** `MV` is read as millivolt: no electrocardiograph writes megavolts. */
const millivolts = new Map([
  ['v', 1000],
  ['volt', 1000],
  ['mv', 1],
  ['millivolt', 1],
  ['mdc_dim_milli_volt', 1],
  ['uv', 1e-3],
  ['microvolt', 1e-3],
  ['mdc_dim_micro_volt', 1e-3],
  ['nv', 1e-6],
  ['nanovolt', 1e-6],
  ['mdc_dim_nano_volt', 1e-6],
])
