/** "Name : value" lines with the names padded to `width`. */
export function pairs(rows: readonly (readonly [name: string, value: string | number])[], width = 21): string {
  return rows.map(([name, value]) => `${name.padEnd(width)}: ${value}`.trimEnd()).join('\n');
}

/** A table with columns wide enough for everything. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function hex(value: number, digits = 2): string {
  return value.toString(16).padStart(digits, '0');
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** "11/22/26 | 19:41:13 UTC", as ipmitool prints times of the log. */
export function selTimeText(seconds: number, separator = ' | '): string {
  if (seconds === 0xffffffff) return `Unspecified${separator}`.trimEnd();
  if (seconds < 0x20000000) return ` Pre-Init  |${String(seconds).padStart(10, '0')}`;
  const date = new Date(seconds * 1000);
  const day = `${two(date.getUTCMonth() + 1)}/${two(date.getUTCDate())}/${two(date.getUTCFullYear() % 100)}`;
  return `${day}${separator}${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} UTC`;
}

export function yes(value: boolean): string {
  return value ? 'yes' : 'no';
}

/** Values for JSON: bytes as hexadecimal digits. */
export function jsonText(value: unknown): string {
  return JSON.stringify(
    value,
    (_key, item: unknown) => {
      const { type, data } = (item ?? {}) as { type?: unknown; data?: unknown };
      return type === 'Buffer' && Array.isArray(data) ? Buffer.from(data as number[]).toString('hex') : item;
    },
    2,
  );
}
