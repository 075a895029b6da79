import type { EditorView } from '@codemirror/view';
import { startTransition, useEffect, useMemo, useRef, useState } from 'react';
import type { FileConflict } from '../../../src-shared/model/test-data-change.ts';
import type { TestDataRevision } from '../../../src-shared/model/test-data.ts';
import { client, keeper as link } from '../../bridge/client.ts';
import { useAction, type Action } from '../../bridge/use-call.ts';
import { DraftKeeper, type DraftState } from './model/draft-keeper.ts';
import { lineEndOf } from './model/open-view.ts';
import type { OpenedFile } from './opened-file.ts';

export interface Clash {
  readonly newest: TestDataRevision;
  readonly file: FileConflict;
}

export interface FileDeeds {
  readonly state: DraftState;
  readonly changed: (read: () => string) => void;
  readonly setView: (view: EditorView | null) => void;
  readonly text: () => string;
  /** Answers the revision that has it, or null when two people changed the same file or it failed. */
  readonly save: Action<[message: string, text?: string, base?: string], TestDataRevision | null>;
  readonly clash: Clash | null;
  readonly leaveClash: () => void;
  readonly discard: Action<[], void>;
  readonly goOnOver: (text: string) => void;
}

/** One file while it is open: what is typed is kept at once, and saved as a revision when asked. */
export function useFile(file: OpenedFile): FileDeeds {
  const { id, path } = file;
  const [state, setState] = useState<DraftState>({ status: file.version === null ? 'clean' : 'kept', problem: null, theirs: null });
  const [clash, setClash] = useState<Clash | null>(null);
  const view = useRef<EditorView>(null);
  // Said beside the key, not within it: the page around the text may wait, what is typed may not.
  const keeper = useMemo(() => keeperOf(file, (next) => startTransition(() => setState(next))), [file]);
  useKeptAlways(keeper);
  const text = (): string => view.current?.state.doc.sliceString(0, undefined, lineEndOf(file.text)) ?? file.text;
  const save = useAction(async (message: string, given?: string, base: string = keeper.base) => {
    await keeper.flush();
    const written = given ?? text();
    const result = await client.testData.saveRevision({ id, base, changes: [{ kind: 'write', path, text: written }], message });
    if (result.type === 'conflict') {
      const mine = result.files.find((each) => each.path === path);
      if (mine !== undefined) setClash({ newest: result.newest, file: mine });
      return null;
    }
    if (keeper.version !== null) await client.editor.discardDraft({ id, path, version: keeper.version });
    if (given === undefined) {
      keeper.begin(result.revision.hash);
      if (text() !== written) keeper.changed(text); // typed while it was being saved
    }
    setClash(null);
    return result.revision;
  });
  const discard = useAction(async () => {
    keeper.begin(keeper.base);
    await client.editor.discardDraft({ id, path });
  });
  return {
    ...{ state, text, save, clash, discard },
    changed: (read) => keeper.changed(read),
    setView: (next) => (view.current = next),
    leaveClash: () => setClash(null),
    goOnOver: (mine) => keeper.goOn(keeper.version, () => mine),
  };
}

function keeperOf(file: OpenedFile, tell: (state: DraftState) => void): DraftKeeper {
  const { id, path } = file;
  return new DraftKeeper(
    { base: file.base, version: file.version },
    {
      save: (draft) => client.editor.saveDraft({ id, path, ...draft }),
      later: (deed, milliseconds) => {
        const timer = setTimeout(deed, milliseconds);
        return () => clearTimeout(timer);
      },
    },
    tell,
  );
}

/** Leaving the page or the window writes what is not written yet; a link that is back again does, too. */
function useKeptAlways(keeper: DraftKeeper): void {
  useEffect(() => {
    const flush = (): void => void keeper.flush();
    const whenHidden = (): void => void (document.visibilityState === 'hidden' && keeper.flush());
    const leave = link.subscribe(({ status }) => status === 'online' && flush());
    window.addEventListener('pagehide', flush);
    document.addEventListener('visibilitychange', whenHidden);
    return () => {
      flush();
      leave();
      window.removeEventListener('pagehide', flush);
      document.removeEventListener('visibilitychange', whenHidden);
    };
  }, [keeper]);
}
