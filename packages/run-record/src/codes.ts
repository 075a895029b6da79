// The numbers stored in a record and the words everybody else uses. record_schema.sql lists the same numbers.

export const itemKinds = [
  'suite',
  'test',
  'keyword',
  'setup',
  'teardown',
  'for',
  'iteration',
  'if',
  'ifBranch',
  'try',
  'tryBranch',
  'while',
  'whileIteration',
  'var',
  'return',
  'continue',
  'break',
  'error',
  'group',
] as const;
export type ItemKind = (typeof itemKinds)[number];

/** `running` is stored as NULL, the others as their place here. */
export const itemStatuses = ['passed', 'failed', 'skipped', 'notRun'] as const;
export type ItemStatus = (typeof itemStatuses)[number] | 'running';

export const messageLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fail', 'console', 'skip'] as const;
export type MessageLevel = (typeof messageLevels)[number];

export const kindFrom = (code: number): ItemKind => itemKinds[code] ?? 'keyword';
export const statusFrom = (code: number | null): ItemStatus => (code === null ? 'running' : (itemStatuses[code] ?? 'failed'));
export const levelFrom = (code: number | null): MessageLevel => messageLevels[code ?? 2] ?? 'info';

export const kindCode = (kind: ItemKind): number => itemKinds.indexOf(kind);
export const statusCode = (status: ItemStatus): number | null => (status === 'running' ? null : itemStatuses.indexOf(status));
export const levelCode = (level: MessageLevel): number => messageLevels.indexOf(level);
