import { Menu } from '@mantine/core';
import { ChevronDown, Database, Download, FileCode, FileText, Paperclip, SquareTerminal } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Artefact, Run } from '../../../../src-shared/model/run.ts';
import { formatBytes } from '../../../../src-shared/text/quantities.ts';
import { client } from '../../../bridge/client.ts';
import { useAction, useCall } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { SectionHead } from '../../../kit/Page.tsx';
import { ErrorState, LoadingShape } from '../../../kit/States.tsx';
import { FORMS, openReport, saveReport, type Form } from './report-files.ts';

const WORDS = { robot: 'Robot', record: 'record', console: 'console', attachment: 'attachment' } as const;

export function Artefacts({ run }: { readonly run: Run }): ReactElement {
  const { data, problem, again } = useCall((signal) => client.reports.artefacts({ id: run.id }, { signal }), [run.id]);
  const open = useAction((path: string) => openReport(run.id, path));
  const save = useAction((form: Form) => saveReport(run, form));
  const failed = problem ?? open.problem ?? save.problem;
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
              <button type="button" className="button small" aria-busy={save.busy}>
                <Download /> Export <ChevronDown />
              </button>
            </Menu.Target>
            <Menu.Dropdown>
              {FORMS.map(({ form, label }) => (
                <Menu.Item key={form} onClick={() => void save.run(form)}>
                  {label}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        }
      />
      {failed === null ? null : <ErrorState problem={failed} onRetry={again} />}
      {save.busy ? <p className="dim small none">Writing the export…</p> : null}
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

function Icon({ artefact }: { readonly artefact: Artefact }): ReactElement {
  if (artefact.kind === 'record') return <Database aria-hidden />;
  if (artefact.kind === 'console') return <SquareTerminal aria-hidden />;
  if (artefact.kind === 'attachment') return <Paperclip aria-hidden />;
  return artefact.path.endsWith('.html') ? <FileText aria-hidden /> : <FileCode aria-hidden />;
}
