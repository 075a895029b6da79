import type { Extension } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { useEffect, useMemo, useRef, useState } from 'react';
import { goToLine } from '../model/open-view.ts';
import { languageExtensions } from './extensions.ts';
import type { Finding } from './language-client.ts';
import type { Language } from './use-language.ts';

export interface LanguageDocument {
  readonly extra: Extension;
  /** Null while there is no server that looks. */
  readonly findings: readonly Finding[] | null;
  readonly changed: () => void;
  readonly setView: (view: EditorView | null) => void;
  readonly show: (line: number) => void;
}

interface Options {
  readonly path: string;
  readonly text: string;
  readonly onDefinition: (path: string, line: number) => void;
}

/** The open file as the language server sees it. */
export function useDocument(language: Language, options: Options): LanguageDocument {
  const { path, text, onDefinition } = options;
  const { client, state } = language;
  const isRobot = /\.(?:robot|resource)$/iu.test(path);
  const [findings, setFindings] = useState<readonly Finding[] | null>(null);
  const view = useRef<EditorView>(null);
  const extra = useMemo(() => (isRobot ? languageExtensions(client, onDefinition) : []), [client, isRobot, onDefinition]);
  useEffect(() => {
    if (!isRobot) return undefined;
    return client.open(path, () => view.current?.state.doc.toString() ?? text, setFindings);
  }, [client, isRobot, path, text]);
  return {
    extra,
    findings: state.status === 'ready' || state.status === 'asleep' ? findings : null,
    changed: () => client.changed(),
    setView: (next) => (view.current = next),
    show: (line) => {
      if (view.current === null) return;
      goToLine(view.current, line);
      view.current.focus();
    },
  };
}
