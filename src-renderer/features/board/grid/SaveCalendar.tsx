import type { ReactElement } from 'react';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { saveAs } from '../../../kit/save-as.ts';

/** Saves what is granted as a calendar file. */
export function SaveCalendar(): ReactElement {
  const save = useAction(async () => {
    const { fileName, text } = await client.reservations.calendar({});
    saveAs(fileName, text, 'text/calendar');
  });
  return (
    <Button small variant="quiet" busy={save.busy} onClick={() => void save.run()}>
      {save.problem === null ? 'Save as iCal' : save.problem.message}
    </Button>
  );
}
