import { CaseSensitive, Regex, WholeWord } from 'lucide-react';
import { useEffect, useRef, useState, type FormEvent, type ReactElement } from 'react';
import { Link } from 'wouter';
import type { FoundFile, FoundLine } from '../../../src-shared/model/editor.ts';
import { client } from '../../bridge/client.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { toProblem, type Problem } from '../../kit/problem.ts';
import { SearchField } from '../../kit/SearchField.tsx';
import { ErrorState, Note } from '../../kit/States.tsx';
import { formatCount } from '../../../src-shared/text/quantities.ts';

interface Found {
  readonly files: readonly FoundFile[];
  readonly progress: string;
  readonly cut: string | null;
}

/** So many lines are drawn; the rest is counted. */
const MOST = 1000;

/** What is looked for in every file, and where it is. Typing again ends the look before. */
export function FindPane({ id }: { readonly id: string }): ReactElement {
  const [text, setText] = useState('');
  const [how, setHow] = useState({ matchCase: false, wholeWord: false, regex: false });
  const [files, setFiles] = useState('');
  const [found, setFound] = useState<Found | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const looking = useRef<AbortController>(null);
  useEffect(() => () => looking.current?.abort(), []);
  const find = async (): Promise<void> => {
    looking.current?.abort();
    const leave = (looking.current = new AbortController());
    setProblem(null);
    try {
      for await (const next of look({ id, text, files, ...how }, leave.signal)) {
        if (leave.signal.aborted) return;
        setFound(next);
      }
    } catch (error) {
      if (!leave.signal.aborted) setProblem(toProblem(error));
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text !== '') void find();
  };
  const toggle = (key: keyof typeof how): void => setHow({ ...how, [key]: !how[key] });
  return (
    <>
      <form className="editor-side-form" onSubmit={submit} aria-label="Find in all files">
        <SearchField value={text} onChange={setText} placeholder="Find in all files" width="100%" onEnter={() => void find()} />
        <div className="row tight">
          <SearchField value={files} onChange={setFiles} placeholder="In files: *.resource" width="100%" onEnter={() => void find()} />
          <Button variant="quiet" icon={<CaseSensitive />} label="Match case" pressed={how.matchCase} onClick={() => toggle('matchCase')} />
          <Button variant="quiet" icon={<WholeWord />} label="Whole words" pressed={how.wholeWord} onClick={() => toggle('wholeWord')} />
          <Button variant="quiet" icon={<Regex />} label="Regular expression" pressed={how.regex} onClick={() => toggle('regex')} />
        </div>
      </form>
      {problem === null ? null : <ErrorState problem={problem} />}
      {found === null ? null : <Results id={id} found={found} />}
    </>
  );
}

async function* look(query: Parameters<typeof client.editor.find>[0], signal: AbortSignal): AsyncGenerator<Found> {
  let files: readonly FoundFile[] = [];
  for await (const event of await client.editor.find(query, { signal })) {
    if (event.type === 'found') {
      files = [...files, ...event.files];
      yield { files, progress: `${formatCount(event.searched)} of ${formatCount(event.of)} files`, cut: null };
    } else {
      yield {
        files,
        progress: `${formatCount(event.lines)} in ${formatCount(event.files)} ${event.files === 1 ? 'file' : 'files'}`,
        cut: event.cut,
      };
    }
  }
}

function Results({ id, found }: { readonly id: string; readonly found: Found }): ReactElement {
  return (
    <div className="editor-found" aria-label="Found" role="region">
      <div className="dim small found-count" role="status">
        {found.progress}
      </div>
      {found.cut === null ? null : <Note tone="warn">{found.cut}</Note>}
      {firstLines(found.files).map((file) => (
        <section key={file.path}>
          <h3 className="ellipsis" title={file.path}>
            {file.path} <span className="dim figures">{file.lines.length}</span>
          </h3>
          {file.lines.map((line, index) => (
            <Line key={index} href={addresses.editFile(id, file.path, line.line)} line={line} />
          ))}
        </section>
      ))}
    </div>
  );
}

/** The first thousand lines, in their files. */
function firstLines(files: readonly FoundFile[]): readonly FoundFile[] {
  const shown: FoundFile[] = [];
  let left = MOST;
  for (const file of files) {
    if (left <= 0) break;
    shown.push({ ...file, lines: file.lines.slice(0, left) });
    left -= file.lines.length;
  }
  return shown;
}

function Line({ href, line: { line, text, from, to } }: { readonly href: string; readonly line: FoundLine }): ReactElement {
  const begin = Math.max(0, from - 24);
  return (
    <Link href={href} className="found-line" title={text}>
      <span className="dim figures">{line}</span>
      <span className="mono ellipsis">
        {begin > 0 ? '…' : ''}
        {text.slice(begin, from).trimStart()}
        <mark>{text.slice(from, to)}</mark>
        {text.slice(to, to + 200)}
      </span>
    </Link>
  );
}
