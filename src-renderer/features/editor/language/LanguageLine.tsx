import type { ReactElement } from 'react';
import { Button } from '../../../kit/Button.tsx';
import type { Language } from './use-language.ts';

/** One quiet line while there are no errors while typing: what is made ready, or why not and what to do. */
export function LanguageLine({ language }: { readonly language: Language }): ReactElement | null {
  const { status, note } = language.state;
  if (status === 'ready' || status === 'asleep' || note === '') return null;
  return (
    <div className="row language-line" role="status">
      <span className="dim small grow ellipsis" title={note}>
        {note}
      </span>
      {status === 'away' ? (
        <Button small variant="quiet" onClick={language.again}>
          Try again
        </Button>
      ) : null}
    </div>
  );
}
