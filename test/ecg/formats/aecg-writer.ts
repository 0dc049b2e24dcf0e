export interface AecgSample {
  code: string
  digits: string
  scale?: string
  origin?: string
  type?: string
}

export const TIME_RELATIVE = axis('TIME_RELATIVE', 'GLIST_PQ', '<head value="0" unit="s"/><increment value="0.002" unit="s"/>') // prettier-ignore
export const TIME_ABSOLUTE = axis('TIME_ABSOLUTE', 'GLIST_TS', '<head value="20240229235958.250+0130"/><increment value="2" unit="ms"/>') // prettier-ignore

export function axis(code: string, type: string, value: string): string {
  return `<component><sequence><code code="${code}"/><value xsi:type="${type}">${value}</value></sequence></component>`
}

/** An annotated ECG for tests: one rhythm with a representative beat derived from it. */
export function aecgXml(
  leads: AecgSample[],
  more: { head?: string; time?: string; series?: string; code?: string; namespace?: string; after?: string } = {},
): string {
  const { head = '', time = TIME_RELATIVE, series = '', code = 'RHYTHM', namespace = 'urn:hl7-org:v3' } = more
  return `<?xml version="1.0" encoding="UTF-8"?>
<AnnotatedECG xmlns="${namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  ${head}
  <component><series><code code="${code}"/>${series}
    <component><sequenceSet>${time}${leads.map(sequence).join('\n')}</sequenceSet></component>
    <derivation><derivedSeries><code code="REPRESENTATIVE_BEAT"/><component><sequenceSet>${TIME_RELATIVE}${sequence({ code: 'MDC_ECG_LEAD_I', digits: '9 9 9' })}</sequenceSet></component></derivedSeries></derivation>
  </series></component>${more.after ?? ''}
</AnnotatedECG>
`
}

function sequence({ code, digits, scale, origin, type = 'SLIST_PQ' }: AecgSample): string {
  return `<component><sequence><code code="${code}" codeSystem="2.16.840.1.113883.6.24"/><value xsi:type="${type}">
    <origin ${origin ?? 'value="0" unit="uV"'}/><scale ${scale ?? 'value="2.5" unit="uV"'}/><digits>${digits}</digits></value></sequence></component>`
}
