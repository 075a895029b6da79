import { useState, type CSSProperties, type ReactElement } from 'react';
import type { ImageLibrary } from '../../../src-shared/model/image.ts';
import { formatAmount, formatBytes } from '../../../src-shared/text/quantities.ts';
import { client } from '../../bridge/client.ts';
import { useAction, useCall } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { ErrorState } from '../../kit/States.tsx';

/** How full the budget is; what cleaning would free is named before anything goes. */
export function Budget({ library }: { readonly library: ImageLibrary }): ReactElement {
  const [looking, setLooking] = useState(false);
  const { images, arrivals, used, budget } = library;
  const pinned = sum(images.filter((image) => image.pinned));
  const needed = sum(images.filter((image) => !image.pinned && image.usedBy.length > 0));
  const arriving = arrivals.reduce((total, { done }) => total + done, 0);
  const parts = [
    ['pinned', 'Pinned', pinned],
    ['needed', 'In use', needed],
    ['free', 'Not used', Math.max(0, used - pinned - needed)],
    ['arriving', 'Arriving', arriving],
  ] as const;
  return (
    <section className="image-budget" aria-label="Disk budget">
      <div className="row">
        <span className="strong">Disk budget</span>
        <span className="figures">
          {formatBytes(used + arriving)} of {formatBytes(budget)}
        </span>
        <span className="dim small grow ellipsis">
          {library.diskFree === null ? '' : `${formatBytes(library.diskFree)} free on the disk`}
        </span>
        <Button variant="quiet" small href={`${addresses.settings}/images`}>
          Change budget
        </Button>
        <Button small expanded={looking} onClick={() => setLooking(!looking)}>
          Free space
        </Button>
      </div>
      <div className="budget-bar" aria-hidden>
        {parts.map(([key, , bytes]) => (
          <i key={key} className={key} style={{ '--share': `${Math.min(100, (bytes / budget) * 100)}%` } as CSSProperties} />
        ))}
      </div>
      <div className="row small dim figures wrap">
        {parts.map(([key, word, bytes]) => (
          <span key={key} className="row tight">
            <i className={`budget-key ${key}`} aria-hidden /> {word} {formatBytes(bytes)}
          </span>
        ))}
      </div>
      {looking ? <Cleaning onDone={() => setLooking(false)} /> : null}
    </section>
  );
}

function Cleaning({ onDone }: { readonly onDone: () => void }): ReactElement {
  const [days, setDays] = useState(30);
  const found = useCall((signal) => client.images.previewCleaning({ days }, { signal }), [days]);
  const clean = useAction(async (ids: string[]) => {
    await client.images.clean({ ids });
    onDone();
  });
  const problem = found.problem ?? clean.problem;
  return (
    <div className="column">
      <label className="row small">
        Not used for
        <span className="field days">
          <input
            type="number"
            className="figures"
            aria-label="Days without use"
            min={0}
            max={3650}
            value={days}
            onChange={(event) => setDays(Math.min(3650, Math.max(0, Math.trunc(Number(event.currentTarget.value)))))}
          />
        </span>
        days
      </label>
      {problem === null ? null : <ErrorState problem={problem} />}
      {found.data === null ? null : (
        <div className="row">
          <span className="small grow">
            {found.data.removes.length === 0 ? (
              'Nothing would be freed.'
            ) : (
              <>
                <b className="strong">Freeing now removes {formatAmount(found.data.removes.length, 'image')}:</b>{' '}
                {found.data.removes.map(({ name, size, why }) => `${name} ${formatBytes(size)}, ${why}`).join('; ')}.
              </>
            )}{' '}
            <span className="dim">{found.data.keeps.map(({ name, why }) => `${name} stays, ${why}`).join('; ')}</span>
          </span>
          {found.data.removes.length === 0 ? null : (
            <Button small busy={clean.busy} onClick={() => void clean.run(found.data?.removes.map(({ id }) => id) ?? [])}>
              Free {formatBytes(found.data.freed)}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function sum(images: ImageLibrary['images']): number {
  return [...new Map(images.map(({ sha256, size }) => [sha256, size])).values()].reduce((total, size) => total + size, 0);
}
