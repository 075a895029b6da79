import { MergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useRef, type ReactElement } from 'react';
import { Button } from '../../kit/Button.tsx';
import { common } from './model/open-view.ts';
import type { OpenedFile } from './opened-file.ts';
import type { Clash, FileDeeds } from './use-file.ts';

interface Props {
  readonly file: OpenedFile;
  readonly deeds: FileDeeds;
  readonly clash: Clash | null;
  readonly message: string;
  readonly onDone: () => void;
}

/** Two texts of one file, theirs left and mine right. Nothing is saved and nothing lost before the person decides; the right side can be edited. */
export function ClashView({ file, deeds, clash, message, onDone }: Props): ReactElement {
  const { state, save, text, discard, goOnOver } = deeds;
  const theirs = clash === null ? state.theirs : (clash.file.theirs?.text ?? null);
  const merged = useRef<() => string>(text);
  const keep = async (): Promise<void> => {
    if (clash === null) {
      goOnOver(merged.current());
      onDone();
    } else if ((await save.run(message, merged.current(), clash.newest.hash)) !== null) {
      await discard.run();
      onDone();
    }
  };
  const takeTheirs = async (): Promise<void> => {
    if (clash !== null) await discard.run();
    onDone();
  };
  const who = clash === null ? 'Another window of yours' : clash.newest.author;
  return (
    <section className="clash" aria-label="Two versions of this file">
      <div className="clash-head">
        <span className="strong">{who} changed this file meanwhile.</span>
        <span className="mid">
          {theirs === null ? 'There it is gone.' : 'Left what it says now, right what you have: correct the right side.'}
        </span>
        <span className="grow" />
        <Button variant="quiet" onClick={() => void takeTheirs()}>
          Take theirs
        </Button>
        <Button variant="primary" busy={save.busy} onClick={() => void keep()}>
          {clash === null ? 'Go on with the right side' : 'Save the right side'}
        </Button>
      </div>
      <Difference path={file.path} theirs={theirs ?? ''} mine={text()} onReader={(read) => (merged.current = read)} />
    </section>
  );
}

interface DifferenceProps {
  readonly path: string;
  readonly theirs: string;
  readonly mine: string;
  readonly onReader: (read: () => string) => void;
}

function Difference({ path, theirs, mine, onReader }: DifferenceProps): ReactElement {
  const frame = useRef<HTMLDivElement>(null);
  const latest = useRef({ path, theirs, mine, onReader });
  useEffect(() => {
    if (frame.current === null) return;
    const start = latest.current;
    const view = new MergeView({
      parent: frame.current,
      a: { doc: start.theirs, extensions: [common(start.path), EditorState.readOnly.of(true), named('What it says now')] },
      b: { doc: start.mine, extensions: [common(start.path), named('What you have')] },
      collapseUnchanged: { margin: 3 },
    });
    start.onReader(() => view.b.state.doc.toString());
    return () => view.destroy();
  }, []);
  return <div ref={frame} className="editor-code clash-sides" data-takes-keys />;
}

const named = (name: string) => EditorView.contentAttributes.of({ 'aria-label': name });
