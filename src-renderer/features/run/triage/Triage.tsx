import { X } from 'lucide-react';
import type { MouseEvent, ReactElement } from 'react';
import type { Run } from '../../../../src-shared/model/run.ts';
import { issueAddress, type ExplainedFailure, type IssueTracker, type TriageMark } from '../../../../src-shared/model/triage.ts';
import { formatAmount } from '../../../../src-shared/text/quantities.ts';
import { client, face, server } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { formatStart } from '../../../kit/format.ts';
import { Chip, SectionHead } from '../../../kit/Page.tsx';
import { ErrorState } from '../../../kit/States.tsx';
import { useNow } from '../../../kit/use-now.ts';
import { MarkForm } from './MarkForm.tsx';
import { MARK_WORDS, type TriageOfRun } from './use-triage.ts';

interface Props {
  readonly run: Run;
  readonly of: TriageOfRun;
}

/** What is known about the failures, and what people noted. */
export function Triage({ run, of }: Props): ReactElement | null {
  const { triage, trackers, problem, again } = of;
  const remove = useAction(async (id: string) => {
    await client.triage.removeMark({ id });
    again();
  });
  if (problem !== null) return <ErrorState problem={problem} onRetry={again} />;
  if (triage === null) return null;
  const { known, marks, unexplained } = triage;
  return (
    <section aria-label="Triage" className="triage">
      <SectionHead ruled title="Triage" about={run.counts.failed === 0 || server === 'hub' ? undefined : said(known.length, unexplained)} />
      {grouped(known).map((group) => (
        <KnownLine key={group[0].ruleId} group={group} trackers={trackers} />
      ))}
      <ul>
        {marks.map((mark) => (
          <MarkLine key={mark.id} mark={mark} trackers={trackers} onRemove={() => void remove.run(mark.id)} />
        ))}
      </ul>
      {remove.problem === null ? null : <ErrorState problem={remove.problem} />}
      <MarkForm runId={run.id} onMarked={of.took} />
    </section>
  );
}

function said(known: number, unexplained: number): string {
  if (known === 0) return `${formatAmount(unexplained, 'failure')}, none of them known`;
  return unexplained === 0 ? 'Every failure is known' : `${known} known, ${unexplained} to look at`;
}

type Group = [ExplainedFailure, ...ExplainedFailure[]];

function grouped(known: readonly ExplainedFailure[]): Group[] {
  const groups = new Map<string, Group>();
  for (const one of known) {
    const group = groups.get(one.ruleId);
    if (group === undefined) groups.set(one.ruleId, [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

function KnownLine({ group, trackers }: { readonly group: Group; readonly trackers: readonly IssueTracker[] }): ReactElement {
  const [{ title, issue }] = group;
  return (
    <div className="triage-known row tight" title={group.map(({ test }) => test).join('\n')}>
      <Chip tag>known</Chip>
      <span className="strong">{title}</span>
      {issue === '' ? null : <Issue text={issue} trackers={trackers} />}
      <span className="dim small">explains {formatAmount(group.length, 'failure')}</span>
    </div>
  );
}

/** Leads to the tracker that knows it, in the system's browser; text where none does. */
function Issue({ text, trackers }: { readonly text: string; readonly trackers: readonly IssueTracker[] }): ReactElement {
  const address = issueAddress(text, trackers);
  if (address === null) return <span className="mono">{text}</span>;
  return (
    <a className="mono" href={address} target="_blank" rel="noopener noreferrer" onClick={openOutside}>
      {text}
    </a>
  );
}

/** The window opens nothing by itself: the shell hands the address to the system's browser. */
function openOutside(event: MouseEvent<HTMLAnchorElement>): void {
  if (face !== 'desktop') return;
  event.preventDefault();
  void client.desktop.openExternal({ url: event.currentTarget.href });
}

interface MarkLineProps {
  readonly mark: TriageMark;
  readonly trackers: readonly IssueTracker[];
  readonly onRemove: () => void;
}

function MarkLine({ mark, trackers, onRemove }: MarkLineProps): ReactElement {
  const now = useNow('minute');
  return (
    <li>
      <span className="dim small kind">{MARK_WORDS[mark.kind]}</span>
      <span className="grow text">
        {mark.kind === 'label' ? <Chip tag>{mark.text}</Chip> : null}
        {mark.kind === 'issue' ? <Issue text={mark.text} trackers={trackers} /> : null}
        {mark.kind === 'comment' ? mark.text : null}
        {mark.test === null ? null : <span className="dim small"> on {mark.test.split('.').at(-1)}</span>}
      </span>
      <span className="dim small nowrap">
        {mark.by}, {formatStart(mark.at, now)}
      </span>
      <Button small variant="quiet" label={`Remove this ${MARK_WORDS[mark.kind].toLowerCase()}`} icon={<X />} onClick={onRemove} />
    </li>
  );
}
