/** What a new run begins with. Suites and tests by their long names; together they add up. All left out: everything. */
export interface RunChoice {
  readonly revision?: string;
  readonly suites?: readonly string[];
  readonly tests?: readonly string[];
  /** Tag patterns. */
  readonly include?: readonly string[];
}

function newRunAddress(testDataId?: string, { revision, suites = [], tests = [], include = [] }: RunChoice = {}): string {
  const search = new URLSearchParams(testDataId === undefined ? [] : [['testData', testDataId]]);
  if (revision !== undefined) search.append('revision', revision);
  for (const suite of suites) search.append('suite', suite);
  for (const test of tests) search.append('test', test);
  for (const tag of include) search.append('include', tag);
  return search.size === 0 ? '/runs/new' : `/runs/new?${search.toString()}`;
}

/** The file stands in the query: a path with an ending would be taken for a file of the app itself. */
function editAddress(testDataId: string, path: string, line: number | null = null): string {
  const search = new URLSearchParams({ file: path, ...(line === null ? {} : { line: String(line) }) });
  return `/test-data/${encodeURIComponent(testDataId)}/edit?${search.toString()}`;
}

/** Every object's address in the app, so that features can point at each other's pages without knowing each other. */
export const addresses = {
  today: '/',
  start: '/start',
  runs: '/runs',
  run: (id: string): string => `/runs/${encodeURIComponent(id)}`,
  /** The run page at its first failure. */
  firstFailure: (id: string): string => `/runs/${encodeURIComponent(id)}?at=first-failure`,
  newRun: newRunAddress,
  testData: '/test-data',
  /** What differs between two revisions of test data, by hash and number, in one file. */
  changes: (testDataId: string, { revision, against, file }: { revision: string; against: number; file: string }): string =>
    `/test-data/${encodeURIComponent(testDataId)}?${new URLSearchParams({ revision, show: 'changes', against: String(against), file }).toString()}`,
  oneTestData: (id: string): string => `/test-data/${encodeURIComponent(id)}`,
  editFile: editAddress,
  plans: '/plans',
  plan: (id: string): string => `/plans/${encodeURIComponent(id)}`,
  editPlan: (id: string): string => `/plans/${encodeURIComponent(id)}/edit`,
  conditions: '/conditions',
  condition: (id: string): string => `/conditions/${encodeURIComponent(id)}`,
  matrices: '/matrices',
  newMatrix: (planId?: string): string => (planId === undefined ? '/matrices/new' : `/matrices/new?plan=${encodeURIComponent(planId)}`),
  matrix: (id: string): string => `/matrices/${encodeURIComponent(id)}`,
  libraries: '/libraries',
  library: (id: string): string => `/libraries/${encodeURIComponent(id)}`,
  environment: (lockHash: string): string => `/environments/${lockHash}`,
  images: '/images',
  image: (id: string): string => `/images/${encodeURIComponent(id)}`,
  suts: '/suts',
  sut: (id: string): string => `/suts/${encodeURIComponent(id)}`,
  newSut: '/suts/new',
  discover: '/suts/discover',
  importSuts: '/suts/import',
  board: '/board',
  reservation: (id: string): string => `/board/${encodeURIComponent(id)}`,
  /** The form of a new reservation, with machines chosen by name. */
  reserve: (...suts: readonly string[]): string =>
    `/board/new${suts.map((name, index) => `${index === 0 ? '?' : '&'}sut=${encodeURIComponent(name)}`).join('')}`,
  hub: '/hub',
  /** The guide, and a page of it. */
  help: '/help',
  helpOn: (page: string): string => `/help/${page}`,
  activity: '/activity',
  history: '/history',
  /** The history of one subject: a test by its long name, else a name. */
  historyOf: (kind: 'test' | 'plan' | 'sut' | 'condition' | 'library' | 'name', key: string): string =>
    `/history?${new URLSearchParams({ kind, key }).toString()}`,
  compare: (...runs: readonly string[]): string => `/compare?${new URLSearchParams(runs.map((run) => ['run', run])).toString()}`,
  settings: '/settings',
  doctor: '/settings/doctor',
} as const;
