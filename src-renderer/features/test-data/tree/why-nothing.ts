/** What a filter that leaves nothing asks for, in words. */
export function whyNothing(find: string, tags: readonly string[]): string {
  const text = find.trim() === '' ? '' : ` has “${find.trim()}” in name, file, tags or documentation`;
  const tagged = tags.length === 0 ? '' : ` is tagged ${tags.join(' and ')}`;
  return `No case${[text, tagged].filter((part) => part !== '').join(' and')}.`;
}
