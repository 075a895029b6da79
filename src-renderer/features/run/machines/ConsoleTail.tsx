import { useState, type ReactElement } from 'react';
import type { ConsoleEvent } from '../../../../src-shared/contract/harness/consoles.ts';
import { client } from '../../../bridge/client.ts';
import { useFeed } from '../../../bridge/use-feed.ts';
import { addresses } from '../../../kit/addresses.ts';
import { Button } from '../../../kit/Button.tsx';

/** Characters that are shown; the whole console is one press away. */
const SHOWN = 6000;

/** The last lines of what the machine says, as plain text. */
export function ConsoleTail({ sutId, name }: { readonly sutId: string; readonly name: string }): ReactElement {
  const [said, setSaid] = useState({ text: '', why: null as string | null });
  useFeed<ConsoleEvent>(
    {
      open: (signal) => client.consoles.attach({ sutId }, { signal }),
      apply: (events) => setSaid((before) => events.reduce(follow, before)),
    },
    [sutId],
  );
  return (
    <div className="machine-console">
      <pre className="mono small" tabIndex={0} aria-label={`Console of ${name}`}>
        {said.text === '' ? (said.why ?? 'It has said nothing yet.') : said.text}
      </pre>
      <Button small variant="quiet" href={`${addresses.sut(sutId)}?tab=console`}>
        Open the console
      </Button>
    </div>
  );
}

function follow(said: { text: string; why: string | null }, event: ConsoleEvent): { text: string; why: string | null } {
  if (event.type === 'state') return { ...said, why: event.console.why };
  return { ...said, text: (said.text + plain(atob(event.bytes))).slice(-SHOWN) };
}

/** Without colours, cursor movements and what else is no text. */
function plain(text: string): string {
  const escape = String.fromCodePoint(27);
  return text
    .split(escape)
    .map((piece, index) => (index === 0 ? piece : piece.replace(/^(?:\[[0-?]*[ -/]*[@-~]|[@-Z\\-_])/u, '')))
    .join('')
    .replaceAll('\r', '');
}
