import { WorkbenchError } from '../../errors.ts';

/** A requirement that an index answers: name, extras, versions, marker. No options, addresses or paths: those have their own ways in. */
const REQUIREMENT =
  /^(?<name>[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[A-Za-z0-9._,\s-]*\])?\s*(?<versions>\(?(?:(?:===|==|~=|!=|<=|>=|<|>)\s*[A-Za-z0-9.*+!_-]+\s*,?\s*)*\)?)\s*(?:;.*)?$/u;

export interface Requirement {
  /** As it is written. */
  text: string;
  name: string;
  /** What it asks for, without spaces; `any` for no demand. */
  versions: string;
}

/** Throws BAD_REQUEST. */
export function readRequirement(text: string): Requirement {
  const trimmed = text.trim();
  const found = /[\r\n]/u.test(trimmed) ? null : REQUIREMENT.exec(trimmed);
  const name = found?.groups?.['name'];
  if (name === undefined) {
    throw new WorkbenchError(
      'BAD_REQUEST',
      `"${trimmed.slice(0, 100)}" is not a requirement. Write a name and, if you want, a version, as in robotframework-sshlibrary==3.8.0.`,
    );
  }
  return { text: trimmed, name, versions: (found?.groups?.['versions'] ?? '').replaceAll(/[\s()]/gu, '') || 'any' };
}
