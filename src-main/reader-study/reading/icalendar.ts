/** A reminder: no case, no answer, nothing but that a study can be read from then on. */
export interface Reminder {
  uid: string
  startsMs: number
  title: string
  description: string
}

/**
 * An iCalendar file of reminders, each with an alarm at its time. Without a method: it is a list, no invitation, which
 * would need an organizer (RFC 5546 §3.2.1).
 *
 * @see RFC 5545 §3.1 (lines of at most 75 octets, CRLF), §3.3.11 (escaped text), §3.6.1, §3.6.6
 */
export function icalendar(reminders: readonly Reminder[], { madeMs }: { madeMs: number }): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//CardioNets Desktop//Reader study//EN',
    'CALSCALE:GREGORIAN',
    ...reminders.flatMap(({ uid, startsMs, title, description }) => [
      'BEGIN:VEVENT',
      `UID:${uid}`,
      `DTSTAMP:${utc(madeMs)}`,
      `DTSTART:${utc(startsMs)}`,
      `DTEND:${utc(startsMs + 30 * 60_000)}`,
      `SUMMARY:${escaped(title)}`,
      `DESCRIPTION:${escaped(description)}`,
      'TRANSP:TRANSPARENT',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      `DESCRIPTION:${escaped(title)}`,
      'TRIGGER:PT0S',
      'END:VALARM',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

function utc(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, '')
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, (character) => `\\${character}`).replace(/\r?\n/g, '\\n')
}

/** Continuation lines begin with a space; a character is never cut in two. */
function folded(line: string): string {
  let out = ''
  let octets = 0
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (octets + size > 75) {
      out += '\r\n '
      octets = 1
    }
    out += character
    octets += size
  }
  return out
}
