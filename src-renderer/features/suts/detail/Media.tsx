import { Disc, X } from 'lucide-react';
import { useState, type FormEvent, type ReactElement } from 'react';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { client } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { imageLabel } from '../../../../src-shared/model/image.ts';
import { ErrorState, LoadingShape } from '../../../kit/States.tsx';
import { useImageLibrary } from '../../../state/images.ts';
import type { Deeds } from './use-deed.ts';

interface Props {
  readonly sut: Sut;
  readonly deeds: Deeds;
  readonly onClose: () => void;
}

/** The virtual drives of the machine: what is in them, out with it, something else in. */
export function Media({ sut, deeds, onClose }: Props): ReactElement {
  const { id } = sut;
  const [image, setImage] = useState('');
  const [named, setNamed] = useState<string | null>(null);
  const { list } = useImageLibrary();
  const images = list[0]?.images ?? [];
  const chosen = named ?? (images[0] === undefined ? '' : imageLabel(images[0]));
  const wanted = chosen === '' ? image.trim() : chosen;
  const [drive, setDrive] = useState('');
  const { data, problem, again } = useCall((signal) => client.suts.drives({ id }, { signal }), [id, deeds.said]);
  const local = sut.endpoints.some(({ provider }) => provider === 'qemu');
  const insert = (event: FormEvent): void => {
    event.preventDefault();
    const into = drive === '' ? {} : { drive };
    deeds.ask({ title: 'Insert media', perform: (asked) => client.suts.insertMedia({ id, image: wanted, ...into, ...asked }) });
  };
  return (
    <section className="sut-media" aria-label="Virtual media">
      <div className="row">
        <span className="strong grow">Virtual media</span>
        <Button variant="quiet" small icon={<X />} label="Close media" onClick={onClose} />
      </div>
      {data === null && problem === null ? <LoadingShape rows={1} /> : null}
      {problem === null ? null : problem.code === 'OOBM_UNSUPPORTED' ? (
        <p className="dim small form-about">{problem.message}</p>
      ) : (
        <ErrorState problem={problem} onRetry={again} />
      )}
      <ul aria-label="Drives">
        {(data?.drives ?? []).map((each) => (
          <li key={each.id} className="row tight">
            <Disc aria-hidden />
            <span className="nowrap">{each.name}</span>
            <span
              className={`small grow ellipsis ${each.inserted && each.library === null ? 'mono' : each.inserted ? '' : 'dim'}`}
              title={each.image ?? undefined}
            >
              {each.inserted ? (each.image ?? 'something that it does not name') : 'empty'}
              {each.library?.served === false ? <span className="dim">, not served since a restart: insert it again</span> : null}
            </span>
            {each.inserted ? (
              <Button
                small
                busy={deeds.busy}
                onClick={() =>
                  deeds.ask({ title: 'Eject media', perform: (asked) => client.suts.ejectMedia({ id, drive: each.id, ...asked }) })
                }
              >
                Eject
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {data === null || data.drives.length === 0 ? null : (
        <form className="row tight" onSubmit={insert}>
          {data.drives.length < 2 ? null : (
            <select className="select" aria-label="Drive" value={drive} onChange={(event) => setDrive(event.currentTarget.value)}>
              <option value="">First that fits</option>
              {data.drives.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.name}
                </option>
              ))}
            </select>
          )}
          {images.length === 0 ? null : (
            <select className="select grow" aria-label="Image" value={chosen} onChange={(event) => setNamed(event.currentTarget.value)}>
              {images.map((each) => (
                <option key={each.id} value={imageLabel(each)}>
                  {imageLabel(each)}
                </option>
              ))}
              <option value="">An address…</option>
            </select>
          )}
          {chosen === '' ? (
            <span className="field grow">
              <input
                className="mono"
                aria-label="Address of the image"
                placeholder={local ? '/srv/images/install.iso' : 'http://192.0.2.1/install.iso'}
                value={image}
                maxLength={2000}
                spellCheck={false}
                onChange={(event) => setImage(event.currentTarget.value)}
              />
            </span>
          ) : null}
          <Button submits busy={deeds.busy} disabledReason={wanted === '' ? 'Name the image first.' : null}>
            Insert
          </Button>
        </form>
      )}
      {data?.drives.length === 0 ? <p className="dim small form-about">The machine offers no virtual drive.</p> : null}
    </section>
  );
}
