import { useRef, type ReactElement } from 'react';
import type { ConsoleState } from '../../../../src-shared/model/console.ts';
import { client } from '../../../bridge/client.ts';
import { useFeed } from '../../../bridge/use-feed.ts';
import Terminal, { type ConsoleScreen } from '../../../kit/terminal/Terminal.tsx';

interface Props {
  readonly sutId: string;
  /** Who looks may type. */
  readonly mine: boolean;
  readonly onState: (state: ConsoleState) => void;
}

/** The screen of a machine of this lab, fed by its console. */
export default function SutTerminal({ sutId, mine, onState }: Props): ReactElement {
  const screen = useRef<ConsoleScreen>(null);
  useFeed(
    {
      open: (signal) => client.consoles.attach({ sutId, ...screen.current?.place() }, { signal }),
      apply: (items) => {
        for (const item of items) {
          if (item.type === 'state') onState(item.console);
          else screen.current?.show(item);
        }
      },
    },
    [sutId],
  );
  const type = (text: string): void => void client.consoles.write({ sutId, text }).catch(() => undefined); // the state of the console says why not
  return <Terminal key={sutId} screen={screen} mine={mine} onType={type} />;
}
