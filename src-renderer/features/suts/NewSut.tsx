import { X } from 'lucide-react';
import type { ReactElement } from 'react';
import { useLocation } from 'wouter';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { Panel } from '../../kit/Page.tsx';
import { SutForm } from './form/SutForm.tsx';

interface Props {
  readonly at: (address: string) => string;
  readonly onClose: () => void;
}

export function NewSut({ at, onClose }: Props): ReactElement {
  const [, go] = useLocation();
  return (
    <Panel label="Add a machine">
      <div className="sut-head">
        <h2 className="panel-title grow">Add a machine</h2>
        <Button variant="quiet" small icon={<X />} label="Close" onClick={onClose} />
      </div>
      <SutForm sut={null} onLeave={onClose} onSaved={({ id }) => go(at(addresses.sut(id)), { replace: true })} />
    </Panel>
  );
}
