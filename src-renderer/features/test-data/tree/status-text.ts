/** What a filter asks for, in words. */
export function plainTextOf(find: string, tags: readonly string[]): string {
  const parts = [find.trim() === '' ? '' : `“${find.trim()}”`, tags.length === 0 ? '' : `tagged ${tags.join(' and ')}`];
  return `No case or file is ${parts.filter((part) => part !== '').join(' and ')}.`.replace('is “', 'has “');
}
