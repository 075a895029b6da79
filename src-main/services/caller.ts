/** Who asks, as every service that decides or records something is told. */
export interface Caller {
  user: string;
  origin: 'desktop' | 'cli' | 'browser' | 'rest' | 'hub';
}
