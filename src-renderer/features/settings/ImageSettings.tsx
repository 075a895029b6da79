import { Select } from '@mantine/core';
import type { ReactElement } from 'react';
import { client } from '../../bridge/client.ts';
import { useCall } from '../../bridge/use-call.ts';
import { Segments } from '../../kit/Segments.tsx';
import { LoadingShape } from '../../kit/States.tsx';
import { SectionTitle } from './General.tsx';
import { NetworkBoot, Protocol } from './NetworkBoot.tsx';
import { NumberField, Setting, useChange, useSettings } from './Setting.tsx';

const EACH = 'each';

/** What images may take, where they may come from, and where machines fetch them. */
export function ImageSettings(): ReactElement {
  const settings = useSettings();
  const addresses = useCall((signal) => client.serving.addresses(undefined, { signal }), []);
  const budget = useChange();
  const hosts = useChange();
  const place = useChange();
  const port = useChange();
  if (settings === null) return <LoadingShape />;
  const { servingAddress } = settings;
  const own = (addresses.data ?? []).map(({ name, address }) => ({ value: address, label: `${address}, ${name}` }));
  const gone = servingAddress === null || own.some(({ value }) => value === servingAddress) ? [] : [servingAddress];
  return (
    <>
      <SectionTitle title="Images" />
      <div className="setting-list">
        <Setting
          title="Disk budget"
          about="What all images may take. One that would not fit is refused before it is fetched; nothing is removed by itself."
        >
          <NumberField
            label="Disk budget of images"
            value={settings.imageBudgetGb}
            limits={[1, 1_000_000]}
            unit="GB"
            onCommit={(value) => budget.change({ imageBudgetGb: value })}
          />
          {budget.said}
        </Setting>
        <Setting
          title="Fetch from private addresses"
          about="Addresses of the lab's own network and of this computer. Allow it when your mirror is one of them; an address that is sent around could otherwise be used to look into the network."
        >
          <Segments
            label="Fetch from private addresses"
            value={settings.imagesFromPrivateHosts ? 'allowed' : 'refused'}
            segments={[
              { value: 'refused', label: 'Refused' },
              { value: 'allowed', label: 'Allowed' },
            ]}
            onChange={(value) => hosts.change({ imagesFromPrivateHosts: value === 'allowed' })}
          />
          {hosts.said}
        </Setting>
        <Setting
          title="Machines fetch at"
          about="The address of this computer that BMCs are told, while a run installs a machine. Usually the one from which each machine is reached."
        >
          <Select
            aria-label="Machines fetch at"
            value={servingAddress ?? EACH}
            allowDeselect={false}
            data={[
              { value: EACH, label: 'Whatever reaches the machine' },
              ...own,
              ...gone.map((value) => ({ value, label: `${value}, not there now` })),
            ]}
            onChange={(value) => place.change({ servingAddress: value === null || value === EACH ? null : value })}
          />
          {place.said}
        </Setting>
        <Setting title="Port" about="For labs with a firewall; 0 takes any that is free.">
          <NumberField
            label="Port that machines fetch at"
            value={settings.servingPort}
            limits={[0, 65_535]}
            unit=""
            onCommit={(value) => port.change({ servingPort: value })}
          />
          {port.said}
        </Setting>
        <Protocol settings={settings} />
        <NetworkBoot settings={settings} />
      </div>
    </>
  );
}
