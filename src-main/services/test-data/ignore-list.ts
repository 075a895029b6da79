/** Folders that tools make beside suites: never test data, often huge. */
const FOLDERS = new Set([
  '.git',
  '.hg',
  '.svn',
  '__pycache__',
  'node_modules',
  '.venv',
  '.tox',
  '.nox',
  '.pytest_cache',
  '.mypy_cache',
  '.ruff_cache',
  '.robocop_cache',
  '.idea',
  '.vscode',
  '__MACOSX',
]);
const FILES = /^(?:\.DS_Store|Thumbs\.db|desktop\.ini|.*\.py[co])$/iu;

export function isIgnoredFolder(name: string): boolean {
  return FOLDERS.has(name);
}

export function isIgnoredFile(name: string): boolean {
  return FILES.test(name);
}

/** What `robot .` leaves where it was started; looked for in the imported folder itself only, deeper ones may be test data. */
export const ROBOT_OUTPUTS = ['output.xml', 'log.html', 'report.html'] as const;

/** What marks a Python environment, whatever its folder is called. */
export const ENVIRONMENT_MARK = 'pyvenv.cfg';

/** A file that Robot takes as a suite by its name. */
export function isSuiteFile(path: string): boolean {
  return /(?:\.robot|\.rbt|\.robot\.rst|\.robot\.md)$/iu.test(path);
}

/** A file that Robot's parser may look at: suites, and what they are documented to take settings from. */
export function isParsedFile(path: string): boolean {
  return isSuiteFile(path) || /\.resource$/iu.test(path);
}
