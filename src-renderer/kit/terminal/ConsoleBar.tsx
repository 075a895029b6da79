import { Circle, Hand } from 'lucide-react';
import type { ReactElement } from 'react';
import type { ConsoleState } from '../../../src-shared/model/console.ts';
import { Button } from '../Button.tsx';
import { formatPerson } from '../format.ts';
import './terminal.css';

interface Props {
  readonly state: ConsoleState | null;
  /** As the one who types would be called who looks. */
  readonly me: string | null;
  readonly busy: boolean;
  /** Why who looks may not take the keys, where they may not. */
  readonly takeRefusal?: string | null;
  readonly onTake: () => void;
  readonly onHandOver: () => void;
}

/** How the console stands, who types, and the keys. */
export function ConsoleBar({ state, me, busy, takeRefusal = null, onTake, onHandOver }: Props): ReactElement {
  const mine = isMine(state, me);
  return (
    <div className="row machine-console-bar">
      <span className="row tight small" title="Every byte is kept with its time">
        <Circle className={state?.state === 'open' ? 'recording' : 'dim'} aria-hidden />
        {state?.state === 'open' ? 'Recorded' : stateWords(state)}
      </span>
      <span className="dim small ellipsis grow" role="status">
        {state?.why ?? (mine ? 'You type. Ctrl Shift Esc gives the keys back.' : writerWords(state, me))}
        {mine && state?.askedBy != null ? ` ${state.askedBy} asks for it.` : ''}
      </span>
      {mine ? (
        <Button small onClick={onHandOver}>
          Hand over
        </Button>
      ) : (
        <Button
          small
          icon={<Hand />}
          busy={busy}
          disabledReason={takeRefusal ?? (state?.state === 'open' ? null : 'The console is not open yet.')}
          onClick={onTake}
        >
          Take over
        </Button>
      )}
    </div>
  );
}

export function isMine(state: ConsoleState | null, me: string | null): boolean {
  return state?.writer != null && state.writer === me;
}

function stateWords(state: ConsoleState | null): string {
  if (state === null || state.state === 'opening') return 'Opening';
  return state.state === 'waiting' ? 'Lost, tried again' : 'Closed';
}

function writerWords(state: ConsoleState | null, me: string | null): string {
  if (state === null) return '';
  return state.writer === null ? 'Nobody types; you watch.' : `${formatPerson(state.writer, me)} types, you watch.`;
}
