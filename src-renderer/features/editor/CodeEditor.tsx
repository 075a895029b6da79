import { useEffect, useRef, type ReactElement } from 'react';
import type { ParseError } from '../../../src-shared/model/test-data.ts';
import type { EditorView } from '@codemirror/view';
import type { Extension } from '@codemirror/state';
import type { Finding } from './language/language-client.ts';
import { goToLine, openView, showFindings, showProblems } from './model/open-view.ts';

interface Props {
  readonly path: string;
  readonly text: string;
  readonly readOnly: boolean;
  /** From 1; brought into view, and the cursor put there. */
  readonly line: number | null;
  /** Of the saved file, by Robot's parser. */
  readonly problems: readonly ParseError[];
  /** Of the text as it is, by the language server; null while there is none: then the saved file's are shown. */
  readonly findings: readonly Finding[] | null;
  readonly extra: Extension;
  /** Told at each change, with how to read the text when it is needed. */
  readonly onChange: (read: () => string) => void;
  readonly onCursor: (line: number) => void;
  readonly onView: (view: EditorView | null) => void;
}

/** One file in CodeMirror. It lives as long as `path` and `text` stay the same; who wants it anew gives it another key. */
export function CodeEditor(props: Props): ReactElement {
  const frame = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    if (frame.current === null) return;
    const { path, text, readOnly, extra } = latest.current;
    const opened = openView(frame.current, {
      ...{ path, text, readOnly, extra },
      onChange: (read) => latest.current.onChange(read),
      onCursor: (line) => latest.current.onCursor(line),
    });
    view.current = opened;
    latest.current.onView(opened);
    opened.focus();
    return () => {
      latest.current.onView(null);
      view.current = null;
      opened.destroy();
    };
  }, []);
  useEffect(() => {
    if (view.current !== null && props.line !== null) goToLine(view.current, props.line);
  }, [props.line]);
  useEffect(() => {
    if (view.current === null) return;
    if (props.findings === null) showProblems(view.current, props.problems);
    else showFindings(view.current, props.findings);
  }, [props.problems, props.findings]);
  return <div ref={frame} className="editor-code" data-takes-keys />;
}
