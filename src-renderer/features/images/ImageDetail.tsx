import { Pin, PinOff, Trash2, X } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { imageLabel, type Image, type ImageUser } from '../../../src-shared/model/image.ts';
import { formatBytes, formatCount } from '../../../src-shared/text/quantities.ts';
import { client } from '../../bridge/client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { ConfirmButton } from '../../kit/Confirm.tsx';
import { formatPerson } from '../../kit/format.ts';
import { Facts, Panel, SectionHead } from '../../kit/Page.tsx';
import { EmptyState, ErrorState, LoadingShape } from '../../kit/States.tsx';
import { When } from '../../kit/Times.tsx';
import { useMe } from '../../state/system.ts';
import { EditImage } from './EditImage.tsx';
import { bootWords } from './ImageTable.tsx';

interface Props {
  readonly image: Image | undefined;
  readonly known: boolean;
  readonly onClose: () => void;
}

export function ImageDetail({ image, known, onClose }: Props): ReactElement {
  if (image !== undefined) return <Known image={image} onClose={onClose} />;
  if (!known) return <LoadingShape />;
  return (
    <div className="detail-note">
      <EmptyState
        title="This image does not exist"
        why="It was removed, or the address is wrong."
        actions={
          <Button small onClick={onClose}>
            Close
          </Button>
        }
      />
    </div>
  );
}

function Known({ image, onClose }: { readonly image: Image; readonly onClose: () => void }): ReactElement {
  const { id, name, revision, pinned } = image;
  const label = imageLabel(image);
  const pin = useAction(() => client.images.update({ id, pinned: !pinned }));
  const remove = useAction(async () => {
    await client.images.remove({ id });
    onClose();
  });
  const problem = pin.problem ?? remove.problem;
  return (
    <Panel label={label}>
      <div className="row detail-title">
        <h2 className="panel-title ellipsis" title={name}>
          {name}
        </h2>
        <span className="dim small grow nowrap">{revision}</span>
        <Button small variant="quiet" icon={pinned ? <PinOff /> : <Pin />} busy={pin.busy} onClick={() => void pin.run()}>
          {pinned ? 'Unpin' : 'Pin'}
        </Button>
        <ConfirmButton
          small
          variant="quiet"
          icon={<Trash2 />}
          label={`Remove ${label}`}
          busy={remove.busy}
          title={`Remove ${label}?`}
          harm="Its file leaves the disk. Runs keep its hash; they can install it again only after somebody imports it again."
          verb={`Remove ${label}`}
          safe="Keep it"
          onConfirm={() => void remove.run()}
        />
        <Button variant="quiet" small icon={<X />} label="Close" onClick={onClose} />
      </div>
      {problem === null ? null : <ErrorState problem={problem} />}
      <div className="scroll grow">
        <div className="image-facts">
          <About image={image} />
        </div>
        <EditImage key={`${name} ${revision} ${image.category}`} image={image} />
        <SectionHead ruled title="Used by" count={formatCount(image.usedBy.length)} />
        <Users of={image.usedBy} />
      </div>
    </Panel>
  );
}

function About({ image }: { readonly image: Image }): ReactElement {
  const me = useMe();
  const { description, sha256, size, origin, expected, addedAt, addedBy, usedAt } = image;
  const boots = bootWords(image);
  const notes = description.notes.join('; ');
  const facts: (readonly [string, ReactElement | string])[] = [
    ['Size', `${formatBytes(size)} (${formatCount(size)} bytes)`],
    ['Volume id', description.volumeId === null ? '' : <span className="mono">{description.volumeId}</span>],
    ['Made by', description.madeBy ?? ''],
    ['Made', description.madeAt === null ? '' : <When at={description.madeAt} />],
    ['Boots by', boots],
    ['Also', notes],
    ['sha256', <span className="mono">{sha256}</span>],
    ['Came from', `${origin}${expected ? ', verified on arrival' : ', nobody had said its checksum'}`],
    [
      'Added',
      <>
        <When at={addedAt} /> by {formatPerson(addedBy, me)}
      </>,
    ],
    ['Last used', usedAt === null ? 'never' : <When at={usedAt} />],
  ];
  return <Facts facts={facts.filter(([, value]) => value !== '')} />;
}

function Users({ of }: { readonly of: readonly ImageUser[] }): ReactElement {
  if (of.length === 0)
    return <p className="detail-note dim small">Nothing uses it. Name it in a plan, or in a new run that installs machines.</p>;
  return (
    <ul className="image-users">
      {of.map(({ kind, id, name }) => (
        <li key={`${kind} ${id}`} className="row">
          <Link href={HREFS[kind](id)}>{name}</Link>
          <span className="dim small">{WORDS[kind]}</span>
        </li>
      ))}
    </ul>
  );
}

const HREFS: Readonly<Record<ImageUser['kind'], (id: string) => string>> = {
  plan: addresses.plan,
  sut: addresses.sut,
  drive: addresses.sut,
  reservation: addresses.reservation,
  run: addresses.run,
};
const WORDS: Readonly<Record<ImageUser['kind'], string>> = {
  plan: 'plan',
  sut: 'installed on it',
  drive: 'in a drive of it',
  reservation: 'reservation, its machines get it at the end',
  run: 'run that has not ended',
};
