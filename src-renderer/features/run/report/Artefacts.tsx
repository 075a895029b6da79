import { Menu } from '@mantine/core';
import { ChevronDown, Database, Download, FileCode, FileText, Paperclip, SquareTerminal } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { Artefact, Run } from '../../../../src-shared/model/run.ts';
import { formatBytes } from '../../../../src-shared/text/quantities.ts';
import { client, face } from '../../../bridge/client.ts';
import { useAction, useCall } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { SectionHead } from '../../../kit/Page.tsx';
import { ErrorState, LoadingShape } from '../../../kit/States.tsx';
import { FORMS, openReport, saveCapsule, saveReport, type Form } from './report-files.ts';

const WORDS = { robot: 'Robot', record: 'record', console: 'console', attachment: 'attachment' } as const;

export function Artefacts({ run }: { readonly run: Run }): ReactElement {
  const { data, problem, again } = useCall((signal) => client.reports.artefacts({ id: run.id }, { signal }), [run.id]);
  const [refused, setRefused] = useState<{ readonly path: string; readonly url: string } | null>(null);
  const open = useAction(async (path: string) => {
    const url = await openReport(run.id, path);
    setRefused(url === null ? null : { path, url });
  });
  const save = useAction((form: Form) => saveReport(run, form));
  const capsule = useAction((wheels: boolean) => saveCapsule(run, wheels));
  const failed = problem ?? open.problem ?? save.problem ?? capsule.problem;
  const size = (data ?? []).reduce((sum, artefact) => sum + artefact.size, 0);
  return (
    <section aria-label="Artefacts">
      <SectionHead
        ruled
        title="Artefacts"
        count={data === null ? undefined : `${data.length} files, ${formatBytes(size)}`}
        actions={
          <Menu position="bottom-end">
            <Menu.Target>
              <button type="button" className="button small" aria-busy={save.busy || capsule.busy}>
                <Download /> Export <ChevronDown />
              </button>
            </Menu.Target>
            <Menu.Dropdown>
              {FORMS.map(({ form, label }) => (
                <Menu.Item key={form} onClick={() => void save.run(form)}>
                  {label}
                </Menu.Item>
              ))}
              {face === 'desktop' ? <CapsuleItems onSave={(wheels) => void capsule.run(wheels)} /> : null}
            </Menu.Dropdown>
          </Menu>
        }
      />
      {failed === null ? null : <ErrorState problem={failed} onRetry={again} />}
      {save.busy || capsule.busy ? <p className="dim small none">Writing the export…</p> : null}
      {refused === null ? null : (
        <div className="row none" role="status">
          <span className="small">This browser opened no tab.</span>
          <a className="button small" href={refused.url} target="_blank" rel="noopener noreferrer">
            Open {refused.path}
          </a>
        </div>
      )}
      {data === null ? (
        <LoadingShape rows={3} />
      ) : (
        <ul className="artefacts">
          {data.map((artefact) => (
            <li key={artefact.path}>
              <Icon artefact={artefact} />
              <Button variant="quiet" small onClick={() => void open.run(artefact.path)}>
                {artefact.path}
              </Button>
              <span className="dim small figures">{formatBytes(artefact.size)}</span>
              <span className="grow" />
              <span className="dim small">{WORDS[artefact.kind]}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function CapsuleItems({ onSave }: { readonly onSave: (wheels: boolean) => void }): ReactElement {
  return (
    <>
      <Menu.Divider />
      <Menu.Label>Run capsule, for another harness</Menu.Label>
      <Menu.Item onClick={() => onSave(false)}>Without its libraries</Menu.Item>
      <Menu.Item onClick={() => onSave(true)}>With its libraries, needs no index there</Menu.Item>
    </>
  );
}

function Icon({ artefact }: { readonly artefact: Artefact }): ReactElement {
  if (artefact.kind === 'record') return <Database aria-hidden />;
  if (artefact.kind === 'console') return <SquareTerminal aria-hidden />;
  if (artefact.kind === 'attachment') return <Paperclip aria-hidden />;
  return artefact.path.endsWith('.html') ? <FileText aria-hidden /> : <FileCode aria-hidden />;
}
