import { X } from 'lucide-react';
import type { ReactElement } from 'react';
import { Button } from '../../../kit/Button.tsx';
import { Panel } from '../../../kit/Page.tsx';
import { Keywords } from '../keywords/Keywords.tsx';
import type { Provided } from '../model/provided.ts';

interface Props {
  readonly library: Provided;
  readonly onClose: () => void;
}

/** The keywords of what every run has. */
export function ProvidedDetail({ library: { name, from, about }, onClose }: Props): ReactElement {
  return (
    <Panel label={name}>
      <div className="row detail-title">
        <h2 className="panel-title ellipsis grow">{name}</h2>
        <span className="dim small nowrap">comes with {from}</span>
        <Button variant="quiet" small icon={<X />} label="Close" onClick={onClose} />
      </div>
      <p className="mid small library-about two-lines">{about}</p>
      <Keywords names={[name]} />
    </Panel>
  );
}
