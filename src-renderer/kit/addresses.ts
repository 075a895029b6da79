/** Every object's address in the app, so that features can point at each other's pages without knowing each other. */
export const addresses = {
  today: '/',
  start: '/start',
  runs: '/runs',
  run: (id: string): string => `/runs/${encodeURIComponent(id)}`,
  /** The run page at its first failure. */
  firstFailure: (id: string): string => `/runs/${encodeURIComponent(id)}?at=first-failure`,
  newRun: (testDataId?: string): string =>
    testDataId === undefined ? '/runs/new' : `/runs/new?testData=${encodeURIComponent(testDataId)}`,
  testData: '/test-data',
  oneTestData: (id: string): string => `/test-data/${encodeURIComponent(id)}`,
  suts: '/suts',
  sut: (id: string): string => `/suts/${encodeURIComponent(id)}`,
  newSut: '/suts/new',
  settings: '/settings',
  doctor: '/settings/doctor',
} as const;
