import { isIPv6 } from 'node:net';

const SECRET = '[masked]';
/** Shorter ones would take every such letter out of the text, and tell by that what they are. */
const [SHORTEST_SECRET, SHORTEST_LINE] = [3, 16];

export interface Masked {
  text: string;
  /** Places where something was taken out because it is, or looks like, a secret. */
  masked: number;
}

export interface MaskFacts {
  /** Secrets that are known: taken out wherever they stand, in every form in which texts carry them. */
  secrets: readonly string[];
  /** Names by what they are replaced with; empty: they stay. */
  names: ReadonlyMap<string, string>;
  /** Whether addresses that nobody named are replaced, too. */
  addresses: boolean;
}

/** Takes secrets out of texts: those that are known, and whatever looks like one. */
export function createMask({ secrets, names, addresses }: MaskFacts): (text: string) => Masked {
  const known = knownSecrets(secrets);
  const called = namesPattern(names);
  const numbered = new Map<string, string>();
  return (text) => {
    let masked = 0;
    const count = (replacement: string) => {
      masked += 1;
      return replacement;
    };
    let result = known === null ? text : text.replace(known, () => count(SECRET));
    for (const [pattern, replace] of SHAPES) result = result.replace(pattern, (...parts: string[]) => count(replace(parts)));
    if (called !== null) result = result.replace(called, (name) => names.get(name.toLowerCase()) ?? SECRET);
    if (addresses) result = maskAddresses(result, numbered);
    return { text: result, masked };
  };
}

/** A password may stand in a text as it is, inside of JSON, in an address, or in the form of a header. The longest first. */
function knownSecrets(secrets: readonly string[]): RegExp | null {
  const forms = new Set<string>();
  for (const secret of secrets.filter(({ length }) => length >= SHORTEST_SECRET)) {
    const bytes = Buffer.from(secret);
    for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), encodeURI(secret)]) forms.add(form);
    if (secret.length >= 6)
      for (const encoding of ['base64', 'base64url', 'hex'] as const) forms.add(bytes.toString(encoding).replace(/=+$/u, ''));
    for (const line of secret.split(/\r?\n/u)) if (line.length >= SHORTEST_LINE && !line.startsWith('-----')) forms.add(line);
  }
  if (forms.size === 0) return null;
  return new RegExp(
    [...forms]
      .sort((a, b) => b.length - a.length)
      .map(escaped)
      .join('|'),
    'gu',
  );
}

function namesPattern(names: ReadonlyMap<string, string>): RegExp | null {
  if (names.size === 0) return null;
  const words = [...names.keys()].sort((a, b) => b.length - a.length).map(escaped);
  return new RegExp(`(?<![\\p{L}\\p{N}_-])(?:${words.join('|')})(?![\\p{L}\\p{N}_-])`, 'giu');
}

const WORDS = 'password|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential|session[_-]?id';

/** A value in quotes after a word that names a secret; in JSON within JSON the quotes have backslashes before them. */
const quoted = (value: string) => new RegExp(`((?:${WORDS})\\w*\\\\*["']?\\s*[:=]\\s*)${value}`, 'giu');

type Shape = readonly [RegExp, (parts: string[]) => string];

/** What looks like a secret, whoever wrote it there. Quotes around it stay, so that JSON stays JSON. */
const SHAPES: readonly Shape[] = [
  [/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$)/gu, () => '[masked private key]'],
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@"'<>\\]+@/giu, ([, scheme = '']) => `${scheme}${SECRET}@`],
  [
    /\b((?:proxy-)?authorization|x-auth-token|set-cookie|cookie)(\\*["']?\s*[:=]\s*\\*["']?)[^\r\n"'\\]+/giu,
    ([, name = '', between = '']) => `${name}${between}${SECRET}`,
  ],
  [/\b(Bearer|Basic)\s+[\w+/.~-]{8,}=*/gu, ([, scheme = '']) => `${scheme} ${SECRET}`],
  [quoted('(["\'])(?!\\[masked)(?:\\\\.|(?!\\2)[^\\\\])*\\2'), ([, key = '', quote = '']) => `${key}${quote}${SECRET}${quote}`],
  [quoted('(\\\\+["\'])(?!\\[masked)(?:.*?)(?<!\\\\)\\2'), ([, key = '', quote = '']) => `${key}${quote}${SECRET}${quote}`],
  [
    new RegExp(`((?:${WORDS})\\w*\\\\*["']?\\s*[:=]\\s*)(?!\\[masked|\\\\*["']|null\\b|true\\b|false\\b|[{[])[^\\s,;}\\]"'\\\\&]+`, 'giu'),
    ([, key = '']) => `${key}${SECRET}`,
  ],
  [
    new RegExp(`(--?(?:${WORDS}|pass))(\\s+)(?!\\[masked|-)[^\\s"'\\\\]+`, 'giu'),
    ([, option = '', space = '']) => `${option}${space}${SECRET}`,
  ],
  [/([?&](?:sig|signature|auth|code|ticket|key)=)[^&\s"'#\\]+/giu, ([, key = '']) => `${key}${SECRET}`],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/gu, () => SECRET],
  [
    /\b(?:gh[oprsu]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abps]-[\w-]{10,}|AKIA[0-9A-Z]{16}|sk-[\w-]{20,}|pypi-[\w-]{20,})/gu,
    () => SECRET,
  ],
];

const IPV4 = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/gu;
/** Candidates: times have colons as well. */
const IPV6 = /(?<![\w:])[0-9a-f]*:[0-9a-f]*:[0-9a-f:]*(?![\w:])/giu;
const MAC = /(?<![\w:-])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![\w:-])/giu;
const OWN = new Set(['127.0.0.1', '0.0.0.0', '255.255.255.255', '::1', '::']);

/** The same address is the same number everywhere in the bundle. */
function maskAddresses(text: string, numbered: Map<string, string>): string {
  const number = (kind: string) => (address: string) => {
    if (OWN.has(address)) return address;
    const known = numbered.get(address) ?? `${kind}-${numbered.size + 1}`;
    numbered.set(address, known);
    return known;
  };
  return text
    .replace(MAC, number('mac'))
    .replace(IPV4, number('address'))
    .replace(IPV6, (found) => (isIPv6(found) ? number('address')(found) : found));
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\/]/gu, '\\$&');
