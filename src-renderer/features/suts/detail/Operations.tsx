import { Menu } from '@mantine/core';
import { ChevronDown, Disc, HardDrive, Lightbulb, LightbulbOff, Power } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { BootDevice, PowerAction } from '../../../../src-shared/model/machine.ts';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { client } from '../../../bridge/client.ts';
import { Button } from '../../../kit/Button.tsx';
import { useVerbs } from '../../../kit/use-verbs.ts';
import { Asked } from './Asked.tsx';
import { Media } from './Media.tsx';
import { BOOT_WORDS, POWER_WORDS } from './power-words.ts';
import { useDeed, type Deeds } from './use-deed.ts';

const LIGHT_SECONDS = 60;
const POWERS = Object.keys(POWER_WORDS) as PowerAction[];
const DEVICES = (Object.keys(BOOT_WORDS) as BootDevice[]).filter((device) => device !== 'none');

/** What can be done to the machine; what would hurt a holder, a run or others is asked beside the buttons. */
export function Operations({ sut }: { readonly sut: Sut }): ReactElement | null {
  const deeds = useDeed();
  const [media, setMedia] = useState(false);
  const { power, boot, light } = deedsOn(sut, deeds);
  const { name } = sut;
  const verbs = [
    ...POWERS.map((action) => ({
      id: `sut.power.${action}`,
      label: `${POWER_WORDS[action]} ${name}`,
      icon: <Power />,
      ...(action === 'cycle' ? { keys: 'shift+p' } : {}),
      run: () => power(action),
    })),
    ...DEVICES.map((device) => ({
      id: `sut.boot.${device}`,
      label: `Boot ${name} once from ${BOOT_WORDS[device]}`,
      icon: <HardDrive />,
      run: () => boot(device, 'once'),
    })),
    { id: 'sut.media', label: `Virtual media of ${name}`, words: 'insert eject iso cd', icon: <Disc />, run: () => setMedia(true) },
    { id: 'sut.identify', label: `Identify light of ${name}`, words: 'led uid', icon: <Lightbulb />, run: () => light(true) },
  ];
  useVerbs(`On the machine ${name}`, sut.endpoints.length === 0 ? [] : verbs);
  if (sut.endpoints.length === 0) return null;
  return (
    <div className="column sut-operations">
      <div className="row tight wrap">
        <Choice
          label="Power"
          icon={<Power />}
          busy={deeds.busy}
          groups={[{ choices: POWERS.map((action) => [POWER_WORDS[action], () => power(action)]) }]}
        />
        <Choice
          label="Boot"
          icon={<HardDrive />}
          busy={deeds.busy}
          groups={[
            { title: 'At the next start only', choices: DEVICES.map((device) => [BOOT_WORDS[device], () => boot(device, 'once')]) },
            { title: 'At every start', choices: DEVICES.map((device) => [`Always ${BOOT_WORDS[device]}`, () => boot(device, 'always')]) },
            { title: 'As the machine says', choices: [[BOOT_WORDS.none, () => boot('none', 'once')]] },
          ]}
        />
        <Button icon={<Disc />} pressed={media} onClick={() => setMedia(!media)}>
          Media
        </Button>
        <Choice
          label="Identify"
          icon={<Lightbulb />}
          busy={deeds.busy}
          groups={[
            {
              choices: [
                [`Light for ${LIGHT_SECONDS} s`, () => light(true), <Lightbulb />],
                ['Light off', () => light(false), <LightbulbOff />],
              ],
            },
          ]}
        />
        <span className="small mid" role="status">
          {deeds.said}
        </span>
      </div>
      {media ? <Media sut={sut} deeds={deeds} onClose={() => setMedia(false)} /> : null}
      <Asked sut={sut} deeds={deeds} />
    </div>
  );
}

function deedsOn({ id }: Sut, deeds: Deeds) {
  return {
    power: (action: PowerAction): void =>
      deeds.ask({ title: POWER_WORDS[action], perform: (asked) => client.suts.power({ id, action, ...asked }) }),
    boot: (device: BootDevice, lasting: 'once' | 'always'): void =>
      deeds.ask({
        title: device === 'none' ? 'Boot in its own order' : `Boot ${lasting} from ${BOOT_WORDS[device]}`,
        perform: (asked) => client.suts.bootDevice({ id, device, lasting, ...asked }),
      }),
    light: (on: boolean): void =>
      deeds.ask({
        title: on ? 'Identify light' : 'Identify light off',
        perform: (asked) => client.suts.identify({ id, on, ...(on ? { seconds: LIGHT_SECONDS } : {}), ...asked }),
      }),
  };
}

interface ChoiceProps {
  readonly label: string;
  readonly icon: ReactElement;
  readonly busy: boolean;
  readonly groups: readonly { readonly title?: string; readonly choices: readonly (readonly [string, () => void, ReactElement?])[] }[];
}

function Choice({ label, icon, busy, groups }: ChoiceProps): ReactElement {
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
        {groups.map(({ title, choices }) => [
          title === undefined ? null : <Menu.Label key={title}>{title}</Menu.Label>,
          ...choices.map(([words, run, mark]) => (
            <Menu.Item key={words} disabled={busy} leftSection={mark} onClick={run}>
              {words}
            </Menu.Item>
          )),
        ])}
      </Menu.Dropdown>
    </Menu>
  );
}
