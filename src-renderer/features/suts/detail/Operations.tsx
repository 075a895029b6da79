import { Menu } from '@mantine/core';
import { ChevronDown, HardDrive, Lightbulb, Power } from 'lucide-react';
import type { ReactElement } from 'react';
import type { BootDevice, PowerAction } from '../../../../src-shared/model/machine.ts';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { client } from '../../../bridge/client.ts';
import { Button } from '../../../kit/Button.tsx';
import { Confirm } from '../../../kit/Confirm.tsx';
import { ErrorState } from '../../../kit/States.tsx';
import { useVerbs } from '../../../kit/use-verbs.ts';
import { POWER_WORDS } from './power-words.ts';
import { useDeed, type Deeds } from './use-deed.ts';

const BOOT_WORDS: Readonly<Record<BootDevice, string>> = {
  none: 'Its own order',
  pxe: 'Network (PXE)',
  disk: 'Disk',
  cdrom: 'CD or DVD',
  usb: 'USB',
  bios: 'BIOS setup',
  http: 'HTTP boot',
};
const LIGHT_SECONDS = 60;

/** What can be done to the machine; what would hurt a holder, a run or others is asked beside the buttons. */
export function Operations({ sut }: { readonly sut: Sut }): ReactElement | null {
  const deeds = useDeed();
  const { id } = sut;
  const power = (action: PowerAction): void =>
    deeds.ask({ title: POWER_WORDS[action], perform: (confirmed) => client.suts.power({ id, action, confirmed }) });
  const boot = (device: BootDevice): void =>
    deeds.ask({ title: `Boot once from ${BOOT_WORDS[device]}`, perform: (confirmed) => client.suts.bootDevice({ id, device, confirmed }) });
  const light = (): void =>
    deeds.ask({
      title: 'Identify light',
      perform: (confirmed) => client.suts.identify({ id, on: true, seconds: LIGHT_SECONDS, confirmed }),
    });
  const verbs = (Object.keys(POWER_WORDS) as PowerAction[]).map((action) => ({
    id: `sut.power.${action}`,
    label: `${POWER_WORDS[action]} ${sut.name}`,
    icon: <Power />,
    ...(action === 'cycle' ? { keys: 'shift+p' } : {}),
    run: () => power(action),
  }));
  useVerbs(`Power of ${sut.name}`, sut.endpoints.length === 0 ? [] : verbs);
  if (sut.endpoints.length === 0) return null;
  return (
    <div className="column sut-operations">
      <div className="row">
        <Choice
          label="Power"
          icon={<Power />}
          busy={deeds.busy}
          choices={(Object.keys(POWER_WORDS) as PowerAction[]).map((action) => [POWER_WORDS[action], () => power(action)])}
        />
        <Choice
          label="Boot"
          icon={<HardDrive />}
          busy={deeds.busy}
          choices={(Object.keys(BOOT_WORDS) as BootDevice[]).map((device) => [BOOT_WORDS[device], () => boot(device)])}
        />
        <Button icon={<Lightbulb />} busy={deeds.busy} onClick={light}>
          Identify
        </Button>
        <span className="small mid" role="status">
          {deeds.said}
        </span>
      </div>
      <Asked sut={sut} deeds={deeds} />
    </div>
  );
}

/** The question, or why it was not done. */
export function Asked({ sut, deeds }: { readonly sut: Sut; readonly deeds: Deeds }): ReactElement | null {
  if (deeds.waiting !== null) {
    return (
      <Confirm
        title={`${deeds.waiting.title}: ${sut.name}?`}
        harm={deeds.waiting.hurts.join(' ')}
        verb={`${deeds.waiting.title} all the same`}
        safe="Leave it"
        onConfirm={deeds.confirm}
        onCancel={deeds.keep}
      />
    );
  }
  if (deeds.problem === null) return null;
  return (
    <ErrorState
      problem={deeds.problem}
      actions={
        <Button small onClick={deeds.clear}>
          Close
        </Button>
      }
    />
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly icon: ReactElement;
  readonly busy: boolean;
  readonly choices: readonly (readonly [string, () => void])[];
}

function Choice({ label, icon, busy, choices }: ChoiceProps): ReactElement {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className="button outline" aria-busy={busy || undefined}>
          {icon}
          {label}
          <ChevronDown aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map(([words, run]) => (
          <Menu.Item key={words} disabled={busy} onClick={run}>
            {words}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
