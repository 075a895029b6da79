import { useCallback, useState, type ReactElement } from 'react';
import { useParams, useSearchParams } from 'wouter';
import type { ParseError, TestData } from '../../../src-shared/model/test-data.ts';
import { client } from '../../bridge/client.ts';
import { useCall } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { Segments } from '../../kit/Segments.tsx';
import { EmptyState, ErrorState, LoadingShape } from '../../kit/States.tsx';
import { useCrumbs } from '../../state/page.ts';
import { useTestData } from '../../state/test-data.ts';
import './editor.css';
import { FileEditor } from './FileEditor.tsx';
import { FilesPane } from './FilesPane.tsx';
import { FindPane } from './FindPane.tsx';
import { useLanguage, type Language } from './language/use-language.ts';
import type { OutlineEntry } from './model/outline.ts';
import { openFile } from './opened-file.ts';
import { OutlinePane } from './OutlinePane.tsx';

/** Test data as files to change: all files left, one file right. What is typed is a draft until it is saved as a revision. */
export default function EditorPage(): ReactElement {
  const { id = '' } = useParams<{ id: string }>();
  const [search] = useSearchParams();
  const path = search.get('file') ?? '';
  const live = useTestData((state) => state.list.find((each) => each.id === id));
  const { data, problem, again } = useCall((signal) => readAll(id, signal), [id, live?.newest.hash, path]);
  useCrumbs([
    { label: 'Test data', href: addresses.testData },
    { label: live?.name ?? 'Test data', href: addresses.oneTestData(id) },
    { label: path === '' ? 'Edit' : path },
  ]);
  if (data !== null && problem?.code !== 'NOT_FOUND') return <Editor key={id} {...data} path={path} onAgain={again} />;
  return (
    <div className="page-body">{problem === null ? <LoadingShape rows={12} /> : <ErrorState problem={problem} onRetry={again} />}</div>
  );
}

interface All {
  readonly testData: TestData;
  readonly paths: readonly string[];
  readonly drafted: ReadonlySet<string>;
}

async function readAll(id: string, signal: AbortSignal): Promise<All> {
  const [{ testData }, drafts] = await Promise.all([client.testData.get({ id }, { signal }), client.editor.drafts({ id }, { signal })]);
  const files = await client.testData.files({ revision: testData.newest.hash }, { signal });
  const drafted = new Set(drafts.map((draft) => draft.path));
  return { testData, drafted, paths: [...new Set([...files.map((file) => file.path), ...drafted])].sort() };
}

function Editor({ testData, paths, drafted, path, onAgain }: All & { readonly path: string; readonly onAgain: () => void }): ReactElement {
  const [side, setSide] = useState<'files' | 'outline' | 'find'>('files');
  const language = useLanguage(testData.id);
  const [outline, setOutline] = useState<readonly OutlineEntry[]>([]);
  const takeOutline = useCallback((next: readonly OutlineEntry[]) => setOutline(next), []);
  return (
    <div className="editor">
      <aside className="editor-side" aria-label="Files of the test data">
        <div className="editor-side-head">
          <Segments
            label="Beside the text"
            value={side}
            onChange={setSide}
            segments={[
              { value: 'files', label: 'Files' },
              { value: 'outline', label: 'Outline' },
              { value: 'find', label: 'Find' },
            ]}
          />
        </div>
        {side === 'files' ? <FilesPane {...{ testData, paths, drafted, path }} /> : null}
        {side === 'outline' ? <OutlinePane id={testData.id} path={path} outline={outline} /> : null}
        {side === 'find' ? <FindPane id={testData.id} /> : null}
      </aside>
      <section className="editor-main" aria-label={path === '' ? 'Text' : path}>
        {path === '' ? (
          <EmptyState title="No file is open" why="Choose one at the left, or make a new one." />
        ) : (
          <OneFile key={path} {...{ testData, path, language, onOutline: takeOutline, onAgain }} />
        )}
      </section>
    </div>
  );
}

interface OneFileProps {
  readonly testData: TestData;
  readonly path: string;
  readonly language: Language;
  readonly onOutline: (outline: readonly OutlineEntry[]) => void;
  readonly onAgain: () => void;
}

const none: readonly ParseError[] = [];

/** Read once when it is opened: what comes meanwhile (a save, a draft) must not take the text from under the hands. */
function OneFile({ testData, path, language, onOutline, onAgain }: OneFileProps): ReactElement {
  const [search] = useSearchParams();
  const [turn, setTurn] = useState(0);
  const { data, problem, again } = useCall(() => openFile(testData.id, path), [testData.id, path, turn]);
  const found = useCall(
    (signal) => client.testData.discover({ revision: testData.newest.hash, testDataId: testData.id }, { signal }),
    [testData.id, testData.newest.hash],
  );
  const [problems, setProblems] = useState<{ of: unknown; list: readonly ParseError[] }>({ of: null, list: none });
  if (found.data !== problems.of) setProblems({ of: found.data, list: found.data?.errors.filter((error) => error.path === path) ?? none });
  if (data === null) return problem === null ? <LoadingShape rows={12} /> : <ErrorState problem={problem} onRetry={again} />;
  const line = Number(search.get('line'));
  return (
    <FileEditor
      key={`${turn} ${data.base} ${String(data.version)}`}
      file={data}
      testData={testData}
      line={line > 0 ? line : null}
      problems={problems.list}
      language={language}
      onOutline={onOutline}
      onReload={() => {
        onAgain();
        setTurn(turn + 1);
      }}
    />
  );
}
