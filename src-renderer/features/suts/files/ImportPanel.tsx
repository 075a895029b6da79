import { FileUp, X } from 'lucide-react';
import { useRef, useState, type ReactElement } from 'react';
import type { SutFileFormat, SutFileRow } from '../../../../src-shared/contract/harness/sut-files.ts';
import { formatAmount } from '../../../../src-shared/text/quantities.ts';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { Panel } from '../../../kit/Page.tsx';
import { saveAs } from '../../../kit/save-as.ts';
import { EmptyState, ErrorState } from '../../../kit/States.tsx';
import { FileRows } from './FileRows.tsx';

interface Chosen {
  readonly name: string;
  readonly format: SutFileFormat;
  readonly text: string;
}

/** Larger than this no list of machines is, bytes. */
const MOST = 10_000_000;
const EXAMPLE = `name,role,tags,maintainedBy,parent,endpoint.provider,endpoint.address,endpoint.user,endpoint.password,rack,cores:number
enclosure-1,environment,,,,,,,,R3,
dl380-07,sut,uefi; 25G,,enclosure-1,ipmi,192.0.2.17,admin,,R3,32
`;

/** Machines of a CSV or YAML file: first what would happen, line by line, then the deed. A wrong line keeps none of the others. */
export function ImportPanel({ onClose }: { readonly onClose: () => void }): ReactElement {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [rows, setRows] = useState<readonly SutFileRow[] | null>(null);
  const [done, setDone] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const look = useAction(async (file: File) => {
    setDone(false);
    setRows(null);
    if (file.size > MOST) throw new Error(`${file.name} is larger than 10 MB. That is no list of machines.`);
    const next: Chosen = { name: file.name, format: /\.ya?ml$/iu.test(file.name) ? 'yaml' : 'csv', text: await file.text() };
    setChosen(next);
    setRows(await client.suts.previewFile({ format: next.format, text: next.text }));
  });
  const take = useAction(async ({ format, text }: Chosen) => {
    setRows(await client.suts.importFile({ format, text }));
    setDone(true);
  });
  const choose = (file: File | undefined): void => {
    if (file !== undefined) void look.run(file);
  };
  const right = rows?.filter(({ outcome }) => outcome === 'new' || outcome === 'changed').length ?? 0;
  return (
    <Panel label="Import machines">
      <div className="sut-head">
        <h2 className="panel-title grow">Import machines</h2>
        <Button variant="quiet" small icon={<X />} label="Close" onClick={onClose} />
      </div>
      <div
        className="discover-form"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          choose(event.dataTransfer.files[0]);
        }}
      >
        <p className="small mid">
          A CSV or YAML file, chosen or dropped here. Machines are known by their names; what the file leaves out stays as it is.
        </p>
        <input
          ref={input}
          type="file"
          hidden
          aria-label="File of machines"
          accept=".csv,.yaml,.yml,.txt"
          onChange={(event) => {
            choose(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
        <div className="row">
          <Button variant={rows === null ? 'primary' : 'outline'} icon={<FileUp />} busy={look.busy} onClick={() => input.current?.click()}>
            {rows === null ? 'Choose a file' : 'Choose another file'}
          </Button>
          {chosen !== null && rows !== null && !done ? (
            <Button
              variant="primary"
              busy={take.busy}
              disabledReason={right === 0 ? 'Nothing in it is new.' : null}
              onClick={() => void take.run(chosen)}
            >
              {`Import ${formatAmount(right, 'machine')}`}
            </Button>
          ) : null}
          <span className="small mid ellipsis" role="status">
            {chosen === null ? '' : done ? `${chosen.name}: imported.` : chosen.name}
          </span>
        </div>
        {look.problem === null ? null : <ErrorState problem={look.problem} />}
        {take.problem === null ? null : <ErrorState problem={take.problem} />}
      </div>
      <div className="scroll grow">
        {rows === null ? <HowItLooks busy={look.busy || look.problem !== null} /> : <FileRows rows={rows} done={done} />}
      </div>
    </Panel>
  );
}

function HowItLooks({ busy }: { readonly busy: boolean }): ReactElement | null {
  if (busy) return null;
  return (
    <EmptyState
      title="One machine a line"
      why="The first line names the columns. A column that the workbench does not know is a field that suites are told; its kind stands behind a colon, as in cores:number."
      actions={
        <Button small onClick={() => saveAs('machines-example.csv', EXAMPLE, 'text/csv')}>
          Save an example
        </Button>
      }
    />
  );
}
