import { Play, Upload } from 'lucide-react';
import { useRef, useState, type FormEvent, type ReactElement } from 'react';
import type { HubTestData } from '../../../src-shared/model/hub-runs.ts';
import { formatAmount, formatBytes } from '../../../src-shared/text/quantities.ts';
import { hub } from '../../bridge/hub-client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { ConfirmButton } from '../../kit/Confirm.tsx';
import { PageHead } from '../../kit/Page.tsx';
import { EmptyState, ErrorState, LoadingShape } from '../../kit/States.tsx';
import { When } from '../../kit/Times.tsx';
import { useHubInfo } from '../hub-info.ts';
import { uploadFile } from '../upload-file.ts';
import { useFresh } from '../use-fresh.ts';

/** What people have brought to run at labs. */
export function TestData(): ReactElement {
  const { me } = useHubInfo();
  const found = useFresh(() => hub.testData.list(), []);
  return (
    <>
      <PageHead title="Test data" about={found.data?.length} />
      <div className="hub-main">
        <Bring onBrought={found.again} />
        {found.problem === null ? null : <ErrorState problem={found.problem} onRetry={found.again} />}
        {found.data === null && found.problem === null ? <LoadingShape /> : null}
        {found.data?.length === 0 ? (
          <EmptyState title="No test data yet" why="Bring a zip of your suites. It travels to a lab once, when a run there needs it." />
        ) : null}
        <ul className="hub-lines">
          {found.data?.map((data) => (
            <Line key={data.id} data={data} mine={data.person === me.login || me.role !== 'tester'} onChanged={found.again} />
          ))}
        </ul>
      </div>
    </>
  );
}

function Bring({ onBrought }: { readonly onBrought: () => void }): ReactElement {
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState('');
  const [part, setPart] = useState<number | null>(null);
  const leave = useRef<AbortController | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const bring = useAction(async (chosen: File) => {
    leave.current = new AbortController();
    try {
      await uploadFile({ file: chosen, name: name.trim(), onProgress: setPart, signal: leave.current.signal });
      setFile(null);
      setName('');
      if (input.current !== null) input.current.value = '';
      onBrought();
    } finally {
      setPart(null);
    }
  });
  const choose = (chosen: File | null): void => {
    setFile(chosen);
    if (chosen !== null) setName(chosen.name.replace(/\.zip$/iu, ''));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (file !== null) void bring.run(file);
  };
  return (
    <section aria-label="Bring test data">
      <form className="hub-form" onSubmit={submit}>
        <label>
          <span className="small mid">A zip of suites</span>
          <input
            ref={input}
            required
            type="file"
            accept=".zip,application/zip"
            onChange={(event) => choose(event.currentTarget.files?.[0] ?? null)}
          />
        </label>
        <label className="grow">
          <span className="small mid">Name</span>
          <span className="field">
            <input required value={name} maxLength={200} onChange={(event) => setName(event.currentTarget.value)} />
          </span>
        </label>
        <Button variant="primary" submits icon={<Upload />} busy={bring.busy}>
          Bring
        </Button>
      </form>
      <div className="hub-body" role="status">
        {part === null ? null : (
          <label className="row">
            <progress value={part} max={1} /> <span className="figures small mid">{Math.floor(part * 100)} %</span>
          </label>
        )}
        {bring.problem === null ? null : <ErrorState problem={bring.problem} />}
      </div>
    </section>
  );
}

interface LineProps {
  readonly data: HubTestData;
  readonly mine: boolean;
  readonly onChanged: () => void;
}

function Line({ data, mine, onChanged }: LineProps): ReactElement {
  const remove = useAction(async () => {
    await hub.testData.remove({ id: data.id });
    onChanged();
  });
  const cases = data.suites.reduce((sum, suite) => sum + suite.cases.length, 0);
  return (
    <li>
      <span className="strong">{data.name}</span>
      <span className="mid figures">
        {formatAmount(cases, 'case')} in {formatAmount(data.suites.length, 'suite')}
      </span>
      <span className="dim small figures">{formatBytes(data.size)}</span>
      <span className="grow" />
      <span className="dim small">
        {data.person}, <When at={data.createdAt} />
      </span>
      <Button small icon={<Play />} href={`/runs/new?data=${data.id}`}>
        Run
      </Button>
      {mine ? (
        <ConfirmButton
          small
          variant="quiet"
          title={`Remove ${data.name}?`}
          harm="Nobody can start runs with it any more. Runs that were started stay."
          verb="Remove it"
          safe="Keep it"
          onConfirm={() => void remove.run()}
        >
          Remove
        </ConfirmButton>
      ) : null}
      {remove.problem === null ? null : (
        <span className="wide small mark-failed" role="alert">
          {remove.problem.message}
        </span>
      )}
    </li>
  );
}
