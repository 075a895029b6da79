import { Menu } from '@mantine/core';
import { Ellipsis, HardDriveDownload, Pencil, ShieldAlert, Trash2, UserPlus, Wrench } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { formatAmount } from '../../../../src-shared/text/quantities.ts';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { Confirm } from '../../../kit/Confirm.tsx';
import { ErrorState } from '../../../kit/States.tsx';
import { useVerbs } from '../../../kit/use-verbs.ts';
import { HoldControl } from './HoldControl.tsx';
import { HoldForColleague } from './HoldForColleague.tsx';
import { Operations } from './Operations.tsx';
import { ProvisionSut } from './ProvisionSut.tsx';
import { AsideNotes, SetAside } from './SetAside.tsx';

interface Props {
  readonly sut: Sut;
  readonly onEdit: () => void;
  readonly onRemoved: () => void;
}

export function SutActions({ sut, onEdit, onRemoved }: Props): ReactElement {
  const [mode, setMode] = useState<'plain' | 'removing' | 'lending' | 'provisioning' | 'maintenance' | 'quarantine'>('plain');
  const remove = useAction(async () => {
    await client.suts.remove({ id: sut.id });
    onRemoved();
  });
  const plain = (): void => setMode('plain');
  const canProvision = sut.role === 'sut' && sut.endpoints.length > 0;
  const provision = (): void => setMode('provisioning');
  useVerbs(`On ${sut.name}`, [
    { id: 'sut.edit', label: `Edit ${sut.name}`, icon: <Pencil />, run: onEdit },
    ...(canProvision
      ? [
          {
            id: 'sut.provision',
            label: `Provision ${sut.name}`,
            words: 'install image recipe',
            icon: <HardDriveDownload />,
            run: provision,
          },
        ]
      : []),
  ]);
  return (
    <div className="sut-actions">
      <div className="row">
        {sut.role === 'environment' ? null : <HoldControl sut={sut} />}
        <Button icon={<Pencil />} onClick={onEdit}>
          Edit
        </Button>
        <Menu position="bottom-start">
          <Menu.Target>
            <button type="button" className="button quiet icon-only" aria-label={`More for ${sut.name}`}>
              <Ellipsis />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {sut.role === 'sut' && sut.reservedBy === null ? (
              <Menu.Item leftSection={<UserPlus />} onClick={() => setMode('lending')}>
                Hold for a colleague…
              </Menu.Item>
            ) : null}
            {canProvision ? (
              <Menu.Item leftSection={<HardDriveDownload />} onClick={provision}>
                Provision…
              </Menu.Item>
            ) : null}
            {sut.maintenance === null ? (
              <Menu.Item leftSection={<Wrench />} onClick={() => setMode('maintenance')}>
                Maintenance…
              </Menu.Item>
            ) : null}
            {sut.quarantine === null ? (
              <Menu.Item leftSection={<ShieldAlert />} onClick={() => setMode('quarantine')}>
                Quarantine…
              </Menu.Item>
            ) : null}
            <Menu.Item leftSection={<Trash2 />} onClick={() => setMode('removing')}>
              Remove…
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      <Operations sut={sut} />
      <AsideNotes sut={sut} />
      {mode === 'maintenance' || mode === 'quarantine' ? <SetAside sut={sut} kind={mode} onDone={plain} /> : null}
      {mode === 'provisioning' ? <ProvisionSut sut={sut} onDone={plain} /> : null}
      {mode === 'lending' ? <HoldForColleague sut={sut} onDone={plain} /> : null}
      {mode === 'removing' ? (
        <Confirm
          title={`Remove ${sut.name}?`}
          harm={harmOf(sut)}
          verb={`Remove ${sut.name}`}
          safe="Keep it"
          onConfirm={() => {
            plain();
            void remove.run();
          }}
          onCancel={plain}
        />
      ) : null}
      {remove.problem === null ? null : (
        <ErrorState
          problem={remove.problem}
          actions={
            <Button small onClick={remove.clear}>
              Close
            </Button>
          }
        />
      )}
    </div>
  );
}

function harmOf({ information }: Sut): string {
  const secrets = information.filter(({ kind, value }) => kind === 'secret' && value !== null).length;
  const what =
    secrets === 0 ? 'What is known of it is deleted.' : `What is known of it is deleted, with ${formatAmount(secrets, 'stored secret')}.`;
  return `${what} Runs of the past keep its name. This cannot be undone.`;
}
