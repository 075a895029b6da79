import { startTransition, useCallback, useMemo, useState, type ReactElement } from 'react';
import { useLocation } from 'wouter';
import type { ParseError, TestData } from '../../../src-shared/model/test-data.ts';
import { client } from '../../bridge/client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { ErrorState, Note } from '../../kit/States.tsx';
import { useHotkeys } from '../../kit/use-hotkeys.ts';
import { FindingList } from './language/FindingList.tsx';
import { LanguageLine } from './language/LanguageLine.tsx';
import { useDocument } from './language/use-document.ts';
import type { Language } from './language/use-language.ts';
import { CodeEditor } from './CodeEditor.tsx';
import { ClashView } from './ClashView.tsx';
import { FileHead } from './FileHead.tsx';
import { entryAt, outlineOf, type OutlineEntry } from './model/outline.ts';
import { choiceOf } from './run-here.ts';
import { useFile } from './use-file.ts';
import type { OpenedFile } from './opened-file.ts';

interface Props {
  readonly file: OpenedFile;
  readonly testData: TestData;
  readonly line: number | null;
  readonly problems: readonly ParseError[];
  readonly language: Language;
  readonly onOutline: (outline: readonly OutlineEntry[]) => void;
  /** It must be read anew: thrown away, renamed, or taken from somebody else. */
  readonly onReload: () => void;
}

/** How long after a change the outline is made anew, in milliseconds. */
const OUTLINE_AFTER = 300;

export function FileEditor({ file, testData, line, problems, language, onOutline, onReload }: Props): ReactElement {
  const [, go] = useLocation();
  const deeds = useFile(file);
  const { state, save, clash } = deeds;
  const onDefinition = useCallback((path: string, at: number) => go(addresses.editFile(testData.id, path, at)), [go, testData.id]);
  const known = useDocument(language, { path: file.path, text: file.text, onDefinition });
  const [message, setMessage] = useState('');
  const [here, setHere] = useState<OutlineEntry | null>(null);
  const outline = useMemo(() => keepOutline(file.text, onOutline), [file, onOutline]);
  const dirty = state.status !== 'clean';
  const saveNow = async (): Promise<string | null> => {
    if (!dirty) return testData.newest.hash;
    const revision = await save.run(message);
    if (revision !== null) setMessage('');
    return revision?.hash ?? null;
  };
  const runHere = useAction(async (name: string | null) => {
    const revision = await saveNow();
    if (revision === null) return;
    const choice = await choiceOf({ testDataId: testData.id, revision }, file.path, name);
    if (choice === null) return go(addresses.newRun(testData.id));
    const { suites = [], tests = [] } = choice;
    const selection = { suites: [...suites], tests: [...tests], include: [], exclude: [] };
    go(addresses.run((await client.runs.start({ testDataId: testData.id, revision, selection })).id));
  });
  useHotkeys([{ keys: 'mod+s', label: 'Save this file as a new revision', whileTyping: true, run: () => void saveNow() }]);
  const problem = save.problem ?? runHere.problem ?? deeds.discard.problem;
  return (
    <>
      <FileHead
        {...{ file, testData, state, message, here }}
        onMessage={setMessage}
        busy={save.busy || runHere.busy}
        onSave={() => void saveNow()}
        onRun={(name) => void runHere.run(name)}
        onDiscard={() => void deeds.discard.run().then(onReload)}
        text={deeds.text}
        onMoved={onReload}
      />
      {file.refusal === null ? null : <div className="content-note">{<Note>{file.refusal}</Note>}</div>}
      {state.status === 'lost' ? (
        <div className="content-note">
          <Note tone="warn">What you type is not on the harness&apos;s disk: it is away. It is kept as soon as it is back.</Note>
        </div>
      ) : null}
      {problem === null ? null : (
        <div className="content-note">
          <ErrorState
            problem={problem}
            actions={
              runHere.problem === null ? null : (
                <Button small href={addresses.newRun(testData.id)}>
                  Set up the run
                </Button>
              )
            }
          />
        </div>
      )}
      {clash === null && state.status !== 'other' ? null : (
        <ClashView file={file} deeds={deeds} clash={clash} message={message} onDone={onReload} />
      )}
      <div className={clash === null && state.status !== 'other' ? 'editor-frame' : 'editor-frame away'}>
        <CodeEditor
          path={file.path}
          text={file.text}
          readOnly={file.refusal !== null}
          line={line}
          problems={problems}
          findings={known.findings}
          extra={known.extra}
          onChange={(read) => {
            deeds.changed(read);
            known.changed();
            outline.later(read);
          }}
          onCursor={(at) => startTransition(() => setHere(entryAt(outline.now(), at)))}
          onView={(view) => {
            deeds.setView(view);
            known.setView(view);
          }}
        />
      </div>
      <FindingList findings={known.findings ?? []} onShow={known.show} />
      <LanguageLine language={language} />
    </>
  );
}

/** The outline, made when typing rests: it is not worth a key's time. */
function keepOutline(text: string, tell: (outline: readonly OutlineEntry[]) => void) {
  let outline = outlineOf(text.split(/\r\n|\r|\n/u));
  let timer: ReturnType<typeof setTimeout> | undefined;
  queueMicrotask(() => tell(outline));
  return {
    now: () => outline,
    later: (read: () => string) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        outline = outlineOf(read().split(/\r\n|\r|\n/u));
        tell(outline);
      }, OUTLINE_AFTER);
    },
  };
}
