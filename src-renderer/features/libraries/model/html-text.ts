const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' };

/** What foreign HTML says, as plain text: blocks on lines of their own, cells apart, list items with a dash. */
export function htmlText(html: string): string {
  return outsidePre(html, (text) => text.replaceAll(/\s+/gu, ' ').replaceAll(/> (?=<)/gu, '>'))
    .replaceAll(/<(script|style)\b[\s\S]*?<\/\1\s*>/giu, '')
    .replaceAll(/<li\b[^>]*>/giu, '\n- ')
    .replaceAll(/<br\b[^>]*>|<\/(?:tr|ul|ol|div)\s*>/giu, '\n')
    .replaceAll(/<\/(?:p|h[1-6]|pre|table|blockquote)\s*>/giu, '\n\n')
    .replaceAll(/<\/t[dh]\s*>/giu, '    ')
    .replaceAll(/<[^>]*>/gu, '')
    .replaceAll(/&(#x?[\da-f]+|\w+);/giu, (whole, name: string) => decoded(name) ?? whole)
    .replaceAll(/[ \t]+\n/gu, '\n')
    .replaceAll(/\n{3,}/gu, '\n\n')
    .trim();
}

/** Line ends of the source mean nothing but within `pre`. */
function outsidePre(html: string, change: (text: string) => string): string {
  return html
    .split(/(<pre\b[\s\S]*?<\/pre\s*>)/iu)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join('');
}

function decoded(name: string): string | undefined {
  if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()];
  const code = /^#x/iu.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return Number.isInteger(code) && code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : undefined;
}
