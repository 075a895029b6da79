import type { MessagePort } from 'node:worker_threads';
import type { Answer, Attempt, Call, Fence } from '../drivers/capabilities.ts';
import type { PlainDriverError } from '../drivers/driver-error.ts';
import type { FoundBmc, ScanProgress, ScanRequest } from '../drivers/discovery/scan.ts';
import type { Endpoint, Provider } from '../drivers/endpoints.ts';
import type { Inspection } from '../drivers/inspect.ts';
import type { ConsoleCall } from '../drivers/open-console.ts';

/** What the harness tells a thread of the pool `oobm`. `key` names a call until its answer. */
export type OobmRequest =
  | { kind: 'call'; key: number; call: Call }
  | { kind: 'console'; key: number; call: ConsoleCall; port: MessagePort }
  | { kind: 'inspect'; key: number; endpoint: Endpoint }
  | { kind: 'scan'; key: number; scan: ScanRequest }
  | { kind: 'cancel'; key: number }
  | { kind: 'fence'; sutId: string; fence: Fence }
  | { kind: 'forgive'; endpoint: Endpoint };

/** What a thread answers. */
export type OobmMessage =
  | { kind: 'answer'; key: number; answer: Answer<unknown> }
  | { kind: 'opened'; key: number; provider: Provider; endpointId: string; attempts: Attempt[] }
  | { kind: 'inspected'; key: number; inspection: Inspection }
  | { kind: 'scanned'; key: number; progress: ScanProgress }
  | { kind: 'failed'; key: number; error: PlainDriverError };

/** What a search tells on its way. */
export type OobmNews = { kind: 'found'; key: number; bmc: FoundBmc } | { kind: 'progress'; key: number; progress: ScanProgress };

/**
 * Over the port of a console, both ways. A side sends `data` only while fewer than `CONSOLE_WINDOW` bytes are not yet `taken` by the other,
 * so neither side can be flooded. `end` and `error` close it.
 */
export type ConsoleMessage =
  { kind: 'data'; bytes: Uint8Array } | { kind: 'taken'; count: number } | { kind: 'end' } | { kind: 'error'; error: PlainDriverError };
