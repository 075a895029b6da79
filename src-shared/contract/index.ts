import { desktop } from './harness/desktop.ts';
import { record } from './harness/record.ts';
import { reports } from './harness/reports.ts';
import { runs } from './harness/runs.ts';
import { suts } from './harness/suts.ts';
import { system } from './harness/system.ts';
import { testData } from './harness/test-data.ts';

/** What a harness serves, whatever the face: MessagePort, WebSocket and REST are transports of this one contract. */
export const harnessContract = { system, testData, suts, runs, record, reports };
/** What the renderer of the desktop app sees: the harness, and the shell around it. */
export const desktopContract = { ...harnessContract, desktop };
