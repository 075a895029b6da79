/** A text as a Robot pattern that matches exactly it: within brackets `*`, `?` and `[` stand for themselves. For `Selection`. */
export function escapeRobotPattern(text: string): string {
  return text.replaceAll(/[*?[]/gu, '[$&]');
}
