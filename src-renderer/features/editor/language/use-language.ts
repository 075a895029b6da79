import { useEffect, useMemo, useState } from 'react';
import { client } from '../../../bridge/client.ts';
import { useFeed } from '../../../bridge/use-feed.ts';
import { LanguageClient, type LanguageState } from './language-client.ts';

export interface Language {
  readonly client: LanguageClient;
  readonly state: LanguageState;
  /** Begins anew where it was given up. */
  readonly again: () => void;
}

/** The language server of this window, for as long as the page stands. */
export function useLanguage(id: string): Language {
  const [state, setState] = useState<LanguageState>({ status: 'preparing', note: '' });
  const [turn, setTurn] = useState(0);
  const language = useMemo(
    () =>
      new LanguageClient({
        send: (session, json) => client.language.tell({ session, json }),
        later: (deed, milliseconds) => {
          const timer = setTimeout(deed, milliseconds);
          return () => clearTimeout(timer);
        },
        tell: setState,
      }),
    [],
  );
  useFeed(
    { open: (signal) => client.language.follow({ id }, { signal }), apply: (events) => events.forEach((event) => language.take(event)) },
    [id, turn],
  );
  useEffect(() => () => language.take({ type: 'preparing', step: '' }), [language, id]);
  return { client: language, state, again: () => setTurn((value) => value + 1) };
}
