import { FolderInput, Play, Plus, Server } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { useLocation } from 'wouter';
import { client, face } from '../../bridge/client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { ErrorState } from '../../kit/States.tsx';
import { Kbd } from '../../kit/Kbd.tsx';
import { useVerbs } from '../../kit/use-verbs.ts';
import { importPath, importFile } from '../../state/imports.ts';
import { useCrumbs } from '../../state/page.ts';
import { MachineArt, SampleArt, SuitesArt } from './Art.tsx';
import { Card } from './Card.tsx';
import './first-start.css';
import { runSample } from './run-sample.ts';
import { ThisComputer } from './ThisComputer.tsx';

export function StartPage(): ReactElement {
  const [, go] = useLocation();
  const [starting, setStarting] = useState(false);
  const start = (): void => {
    setStarting(true);
    void runSample().finally(() => setStarting(false));
  };
  const bring = (): void => void bringFolder();
  const addMachine = (): void => go(addresses.newSut);
  const lab = useAction(async () => {
    await client.suts.openDemoLab();
    go(addresses.suts);
  });
  useCrumbs([{ label: 'Start' }]);
  useVerbs('Start', [
    { id: 'start.1', label: 'Run the sample now', keys: '1', run: start },
    { id: 'start.2', label: 'Import a folder of suites', keys: '2', run: bring },
    { id: 'start.3', label: 'Add a machine', keys: '3', run: addMachine },
    { id: 'start.4', label: 'Open the demo lab: eight simulated machines', keys: '4', run: () => void lab.run() },
  ]);
  return (
    <div className="scroll grow start">
      <div className="start-page">
        <h1>Start with the sample, your suites, or a machine</h1>
        <p className="mid intro">Everything stays on this computer. No server, no account, no hardware needed for the first run.</p>
        <div className="cards">
          <Card
            number="1"
            title="Run the sample"
            art={<SampleArt />}
            text="Five suites, done in seconds. One case fails on purpose, so that there is a failure to look at and something to rerun. No machine is touched."
          >
            <Button variant="primary" icon={<Play />} busy={starting} onClick={start} ref={focusFirst}>
              {starting ? 'Starting the sample' : 'Run the sample'}
            </Button>
          </Card>
          <Card
            number="2"
            title="Import a folder of suites"
            art={<SuitesArt />}
            text="Robot files, resources and YAML variables, as they are. Drop a folder or a zip anywhere in this window."
          >
            <Button icon={<FolderInput />} onClick={bring}>
              {face === 'desktop' ? 'Import a folder' : 'Import a zip'}
            </Button>
            <span className="dim small">or drop it here</span>
          </Card>
          <Card
            number="3"
            title="Add a machine"
            art={<MachineArt />}
            text="Its name, addresses and everything a suite needs to know about it. Passwords are kept apart and never shown. Nothing is changed on it."
          >
            <Button icon={<Plus />} onClick={addMachine}>
              Add a machine
            </Button>
            <Button variant="quiet" icon={<Server />} busy={lab.busy} onClick={() => void lab.run()}>
              Open the demo lab
            </Button>
          </Card>
        </div>
        {lab.problem === null ? null : <ErrorState problem={lab.problem} />}
        <ThisComputer />
        <div className="row dim start-foot">
          <span className="grow" />
          <span className="small">
            <Kbd keys="mod+k" /> reaches everything, <Kbd keys="?" /> shows the keys
          </span>
        </div>
      </div>
    </div>
  );
}

function focusFirst(button: HTMLButtonElement | null): void {
  button?.focus({ preventScroll: true });
}

/** The desktop picks a folder; a browser can only hand over a file. */
async function bringFolder(): Promise<void> {
  if (face === 'desktop') {
    const { path } = await client.desktop.pickFolder();
    if (path !== null) await importPath(path);
    return;
  }
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.zip,.robot';
  input.addEventListener('change', () => {
    for (const file of input.files ?? []) void importFile(file);
  });
  input.click();
}
