import { notifications } from '@mantine/notifications';
import { client } from '../../bridge/client.ts';
import { toProblem } from '../../kit/problem.ts';
import { useSystem } from '../../state/system.ts';

/** Running runs go on either way; the status bar shows the answer at once. */
export async function changePause(paused: boolean): Promise<void> {
  try {
    useSystem.setState({ status: await client.system.pauseQueue({ paused }) });
  } catch (error) {
    notifications.show({
      title: paused ? 'The queue could not be paused' : 'The queue could not be resumed',
      message: toProblem(error).message,
    });
  }
}

export function isPaused(): boolean {
  return useSystem.getState().status?.queuePaused ?? false;
}
