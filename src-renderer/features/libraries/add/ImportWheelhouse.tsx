import { Popover } from '@mantine/core';
import { PackageOpen } from 'lucide-react';
import { useState, type FormEvent, type ReactElement } from 'react';
import { client, face } from '../../../bridge/client.ts';
import { Button } from '../../../kit/Button.tsx';
import { importWheelhouse } from '../arriving.ts';

/** One zip with every wheel of a lock: its environment is then built without any index. */
export function ImportWheelhouse(): ReactElement {
  const [open, setOpen] = useState(false);
  const [path, setPath] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (path.trim() === '') return;
    setOpen(false);
    void importWheelhouse(path.trim());
  };
  const pick = async (): Promise<void> => {
    const picked = await client.desktop.pickFile({ title: 'Import wheelhouse', extensions: ['zip'] });
    if (picked.path !== null) void importWheelhouse(picked.path);
  };
  if (face === 'desktop')
    return (
      <Button icon={<PackageOpen />} onClick={() => void pick()}>
        Import wheelhouse
      </Button>
    );
  return (
    <Popover opened={open} onChange={setOpen} width={420} position="bottom-end" trapFocus returnFocus closeOnEscape withRoles={false}>
      <Popover.Target>
        <span>
          <Button icon={<PackageOpen />} expanded={open} onClick={() => setOpen(!open)}>
            Import wheelhouse
          </Button>
        </span>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label="Import wheelhouse">
        <form className="row" onSubmit={submit}>
          <span className="field grow">
            <input
              autoFocus
              className="mono"
              aria-label="Path of the wheelhouse"
              placeholder="/home/ada/wheels.zip"
              value={path}
              spellCheck={false}
              onChange={(event) => setPath(event.currentTarget.value)}
            />
          </span>
          <Button submits disabledReason={path.trim() === '' ? 'Write a path first' : null}>
            Import
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
