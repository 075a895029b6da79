import type { Run } from '../../../src-shared/model/run.ts';
import { client } from '../../bridge/client.ts';
import { addresses } from '../../kit/addresses.ts';
import { notifications } from '@mantine/notifications';
import { navigate } from 'wouter/use-browser-location';
import { toProblem } from '../../kit/problem.ts';

/** From nothing to a running run in one press: import the sample, start it, go there. */
export async function runSample(): Promise<Run | null> {
  try {
    const testData = await client.testData.importSample();
    const run = await client.runs.start({ testDataId: testData.id, requestKey: crypto.randomUUID() });
    navigate(addresses.run(run.id));
    return run;
  } catch (error) {
    const { message, reasons } = toProblem(error);
    notifications.show({ title: 'The sample cannot run', message: [message, ...reasons].join(' '), autoClose: false });
    return null;
  }
}
