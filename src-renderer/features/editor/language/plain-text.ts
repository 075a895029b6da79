/** What the protocol calls documentation. */
export type Documentation = string | { readonly value: string } | readonly (string | { readonly value: string })[];

/** Markdown as the words it holds: what comes from libraries is never drawn as markup. */
export function plainText(documentation: Documentation): string {
  const parts = Array.isArray(documentation)
    ? (documentation as readonly (string | { value: string })[])
    : [documentation as string | { value: string }];
  const text = parts.map((part) => (typeof part === 'string' ? part : part.value)).join('\n\n');
  return text
    .replaceAll(/^```.*$/gmu, '')
    .replaceAll(/^[\s|:-]*\|[\s|:-]*$/gmu, '')
    .replaceAll(/^[ \t]*\|.*\|[ \t]*$/gmu, cellsAsWords)
    .replaceAll(/^#{1,6} +/gmu, '')
    .replaceAll(/^\s*-{3,}\s*$/gmu, '')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/gu, '$1')
    .replaceAll(/(?<![\w*])(\*{1,3})(?=\S)([^*\n]*[^*\s])\1(?!\w)/gu, '$2')
    .replaceAll('`', '')
    .replaceAll(/\\([\\_*`[\]{}()#+.!|-])/gu, '$1')
    .replaceAll(/[ \t]+$/gmu, '')
    .replaceAll(/\n{3,}/gu, '\n\n')
    .trim();
}

/** A row of a table as its words, a little apart. */
function cellsAsWords(row: string): string {
  return row
    .split('|')
    .map((cell) => cell.replaceAll('&nbsp;', ' ').trim())
    .filter((cell) => cell !== '')
    .join('  ');
}

/** A template of the protocol as plain text: `${1:name}` is its proposal, `${2|a,b|}` the first choice, `$0` nothing, `\\$` a dollar sign. */
export function withoutPlaces(template: string): string {
  const place = /\\(?<escaped>[\\$}])|\$\{\d+:(?<proposal>(?:\\.|[^}\\])*)\}|\$\{\d+\|(?<choice>[^,|]*)[^|]*\|\}|\$\{\d+\}|\$\d+/gu;
  let plain = '';
  let last = 0;
  for (const { index, 0: whole, groups } of template.matchAll(place)) {
    plain += template.slice(last, index) + (groups?.['escaped'] ?? groups?.['proposal'] ?? groups?.['choice'] ?? '');
    last = index + whole.length;
  }
  return plain + template.slice(last);
}
