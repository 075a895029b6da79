/** Looking into JSON of a stranger: what is not of the wanted kind is not there. */
export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at the end of a path of names. */
export function at(value: unknown, ...path: string[]): unknown {
  let here = value;
  for (const name of path) here = isObject(here) ? here[name] : undefined;
  return here;
}

export function objectAt(value: unknown, ...path: string[]): Json {
  const found = at(value, ...path);
  return isObject(found) ? found : {};
}

export function textAt(value: unknown, ...path: string[]): string | null {
  const found = at(value, ...path);
  return typeof found === 'string' && found.trim() !== '' ? found.trim() : null;
}

export function numberAt(value: unknown, ...path: string[]): number | null {
  const found = at(value, ...path);
  return typeof found === 'number' && Number.isFinite(found) ? found : null;
}

export function booleanAt(value: unknown, ...path: string[]): boolean | null {
  const found = at(value, ...path);
  return typeof found === 'boolean' ? found : null;
}

export function listAt(value: unknown, ...path: string[]): unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

export function textsAt(value: unknown, ...path: string[]): string[] {
  return listAt(value, ...path).filter((each) => typeof each === 'string');
}

/** The address of a linked resource. */
export const linkAt = (value: unknown, ...path: string[]): string | null => textAt(value, ...path, '@odata.id');

/** The addresses of a list of links. */
export function linksAt(value: unknown, ...path: string[]): string[] {
  return listAt(value, ...path).flatMap((each) => textAt(each, '@odata.id') ?? []);
}
