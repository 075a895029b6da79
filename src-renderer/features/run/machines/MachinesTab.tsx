import { Check, CircleHelp, Minus, TriangleAlert } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Provisioning, ProvisionStep } from '../../../../src-shared/model/provisioning.ts';
import type { Run } from '../../../../src-shared/model/run.ts';
import type { ServedFile } from '../../../../src-shared/model/serving.ts';
import { formatBytes, formatDuration } from '../../../../src-shared/text/quantities.ts';
import { server } from '../../../bridge/client.ts';
import { addresses } from '../../../kit/addresses.ts';
import { sayTogether } from '../../../kit/fetched.ts';
import { FetchedFiles } from '../../../kit/FetchedFiles.tsx';
import { EmptyState } from '../../../kit/States.tsx';
import { useNow } from '../../../kit/use-now.ts';
import { VerdictIcon } from '../../../kit/VerdictIcon.tsx';
import { useServed } from '../../../state/images.ts';
import { ConsoleTail } from './ConsoleTail.tsx';

const STATES: Readonly<Record<Provisioning['state'], string>> = {
  waiting: 'Waits',
  running: 'Goes on',
  done: 'In the wanted state',
  skipped: 'Not needed',
  failed: 'Failed',
  stopped: 'Stopped',
};

/** What the run does to its machines before and after its tests, step by step. */
export function MachinesTab({ run }: { readonly run: Run }): ReactElement {
  const { provisioning } = run;
  if (provisioning === null) return <EmptyState title="The machines are taken as they are" why="This run installs nothing." />;
  const { binding, suts } = provisioning;
  return (
    <div className="machines-tab">
      <p className="report-sentence mid">
        {binding.recipeName}
        {binding.image === null ? '' : ` with ${binding.image.name} (${binding.image.sha256.slice(0, 12)})`}
        {binding.when === 'always' ? ', always' : ', when the machine is different'}.
      </p>
      {suts.length === 0 ? <p className="none dim">Nothing has been done to a machine yet.</p> : null}
      {suts.map((sut) => (
        <Machine
          key={sut.sutId}
          machine={sut}
          live={run.state === 'provisioning' && sut.state === 'running'}
          fetching={run.state === 'ended' || server === 'hub' ? null : run.id}
        />
      ))}
    </div>
  );
}

interface MachineProps {
  readonly machine: Provisioning;
  readonly live: boolean;
  /** The run that may still serve it something. */
  readonly fetching: string | null;
}

function Machine({ machine, live, fetching }: MachineProps): ReactElement {
  const { sutId, sutName, state, note, steps, fetchedBytes } = machine;
  return (
    <section className="machine" aria-label={sutName}>
      <header className="row tight wrap">
        <a className="strong" href={addresses.sut(sutId)}>
          {sutName}
        </a>
        <span className={state === 'failed' ? 'mark-failed' : 'dim'}>{STATES[state]}</span>
        {fetchedBytes === null || fetching !== null ? null : <Fetched much={formatBytes(fetchedBytes)} />}
        {fetching === null ? null : <FetchedSoFar runId={fetching} sutId={sutId} before={fetchedBytes} />}
      </header>
      {fetching === null ? null : <FetchingNow runId={fetching} sutId={sutId} />}
      {note === null ? null : <p className={`machine-note ${state === 'failed' ? 'mark-failed' : 'mid'}`}>{note}</p>}
      <div className="machine-views">
        <ol className="machine-steps" aria-label={`Steps of ${sutName}`}>
          {steps.map((step) => (
            <Step key={`${step.part}${step.ordinal}`} step={step} />
          ))}
        </ol>
        {live ? <ConsoleTail sutId={sutId} name={sutName} /> : null}
      </div>
    </section>
  );
}

interface Fetching {
  readonly runId: string;
  readonly sutId: string;
}

const Fetched = ({ much }: { readonly much: string }): ReactElement => <span className="dim figures">{much} fetched by the machine</span>;

const ofMachine =
  ({ runId, sutId }: Fetching) =>
  (file: ServedFile): boolean =>
    file.runId === runId && file.sutId === sutId;

/** What is served now, live; what is served no more, as it was written down. */
function FetchedSoFar({ before, ...of }: Fetching & { readonly before: number | null }): ReactElement | null {
  const files = useServed().list.filter(ofMachine(of));
  const much = sayTogether(files) ?? (before === null ? null : formatBytes(before));
  return much === null ? null : <Fetched much={much} />;
}

function FetchingNow(of: Fetching): ReactElement {
  return <FetchedFiles files={useServed().list.filter(ofMachine(of))} />;
}

function Step({ step }: { readonly step: ProvisionStep }): ReactElement {
  const now = useNow('second');
  const { startedAt, endedAt, state, tries, note } = step;
  const took = startedAt === null ? '' : formatDuration((endedAt ?? now) - startedAt);
  return (
    <li className={state} aria-current={state === 'running' ? 'step' : undefined}>
      <StepSign state={state} />
      <span className="what">
        {step.part === 'undo' ? <span className="dim">afterwards: </span> : null}
        {step.what}
        {tries > 1 ? <span className="dim"> (try {tries})</span> : null}
        {note === null ? null : <span className={state === 'failed' ? 'mark-failed small' : 'dim small'}> {note}</span>}
      </span>
      <span className="dim figures">{state === 'waiting' || state === 'left' ? '' : took}</span>
    </li>
  );
}

function StepSign({ state }: { readonly state: ProvisionStep['state'] }): ReactElement {
  switch (state) {
    case 'running':
      return <VerdictIcon mark="running" />;
    case 'done':
      return <Check aria-label="done" />;
    case 'failed':
      return <TriangleAlert aria-label="failed" className="mark-failed" />;
    case 'unknown':
      return <CircleHelp aria-label="unknown" />;
    case 'waiting':
      return <Minus aria-label="waits" className="dim" />;
    case 'left':
      return <Minus aria-label="not reached" className="dim" />;
  }
}
