/** Rules about the text of a source file that neither the linter nor the import rules can state. */

/** A file above this holds more than one idea. */
export const MAX_SOURCE_BYTES = 12 * 1024

interface TextRule {
  /** Paths from the repository's top that the rule speaks of. */
  readonly where: RegExp
  readonly except?: RegExp
  readonly forbids: RegExp
  readonly because: string
}

const textRules: readonly TextRule[] = [
  {
    where: /^(src-|build\/|test\/)/,
    except: /^(src-main\/(hosts\/electron\/|main\.ts)|src-preload\/index\.ts)/,
    forbids: /(from|import\(?|require\()\s*['"]electron['"]/,
    because: 'imports electron outside hosts/electron, main.ts and the preload script',
  },
  {
    where: /^src-renderer\/.*\.(vue|html)$/,
    forbids: /<[a-z][^>]*\sstyle\s*=/i,
    because: 'has a static style attribute, which the content security policy blocks',
  },
  {
    where: /^src-/,
    forbids:
      /\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|dangerouslyUseHTMLString)\b|\bnew Function\(|\beval\(/,
    because: 'turns text into markup or code',
  },
  {
    where: /^src-/,
    except: /^src-preload\/web-api\.ts$/,
    forbids:
      /\bfetch\(|\bXMLHttpRequest\b|\bsendBeacon\b|\bnew (EventSource|WebSocket|WebTransport|RTCPeerConnection)\b/,
    because: 'could call out; nothing here ever does',
  },
  {
    where: /^src-renderer\//,
    forbids: /(src|href)\s*=\s*["']https?:|url\(\s*["']?https?:/i,
    because: 'loads something from elsewhere',
  },
  {
    where: /^src-main\/(ecg|cmr|dicom|statistics|reader-study)\//,
    forbids: /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bMath\.random\(|\bprocess\.(env|hrtime|cwd)\b/,
    because: 'reads a clock, chance or the environment; hand it in',
  },
]

const sizeExceptions = /^src-renderer\/locales\/|\.generated\.[a-z]+$|\/generated\//

/**
 * @param path  from the repository's top, with `/`
 * @returns one sentence for each rule that the file breaks
 */
export function problemsOf(path: string, text: string): string[] {
  const bytes = Buffer.byteLength(text)
  const tooLarge = bytes > MAX_SOURCE_BYTES && !sizeExceptions.test(path)
  return [
    ...(tooLarge ? [`${path}: ${bytes} bytes, more than ${MAX_SOURCE_BYTES}; split it by ideas`] : []),
    ...textRules
      .filter(({ where, except, forbids }) => where.test(path) && !except?.test(path) && forbids.test(text))
      .map(({ because, forbids }) => `${path}:${lineOf(text, forbids)} ${because}`),
  ]
}

function lineOf(text: string, pattern: RegExp): number {
  return text.slice(0, text.search(pattern)).split('\n').length
}
