/** As a field of date and time writes it, in the reader's zone: `2026-11-24T14:06`. */
export function writeLocal(at: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = new Date(at);
  const date = `${String(day.getFullYear()).padStart(4, '0')}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
  return `${date}T${two(day.getHours())}:${two(day.getMinutes())}`;
}

/** UTC milliseconds, or null when it is not complete. */
export function readLocal(text: string): number | null {
  const at = new Date(text).getTime();
  return text === '' || Number.isNaN(at) || at < 0 ? null : at;
}
