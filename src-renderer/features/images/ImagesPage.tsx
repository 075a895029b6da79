import type { ReactElement } from 'react';
import { useLocation, useParams, useSearchParams } from 'wouter';
import { imageLabel, type ImageLibrary } from '../../../src-shared/model/image.ts';
import { formatCount } from '../../../src-shared/text/quantities.ts';
import { addresses } from '../../kit/addresses.ts';
import { DetailSplit } from '../../kit/DetailSplit.tsx';
import { PageHead } from '../../kit/Page.tsx';
import { SearchField } from '../../kit/SearchField.tsx';
import { Segments } from '../../kit/Segments.tsx';
import { EmptyState, LoadingShape, NoMatch } from '../../kit/States.tsx';
import { useImageLibrary } from '../../state/images.ts';
import { useCrumbs } from '../../state/page.ts';
import { Arriving } from './Arriving.tsx';
import { Budget } from './Budget.tsx';
import { FetchImage } from './FetchImage.tsx';
import { ImageDetail } from './ImageDetail.tsx';
import { ImageTable, isOf, WHICH, type Which } from './ImageTable.tsx';
import { ImportFiles } from './ImportFiles.tsx';
import { Served } from './Served.tsx';
import './images.css';

/** Images, what arrives for them, and the one that is open beside the list. */
export default function ImagesPage(): ReactElement {
  const { id = null } = useParams<{ id?: string }>();
  const [, go] = useLocation();
  const library = useImageLibrary().list[0] ?? null;
  const image = library?.images.find((each) => each.id === id);
  const label = image === undefined ? null : imageLabel(image);
  useCrumbs([{ label: 'Images', href: addresses.images }, ...(label === null ? [] : [{ label }])]);
  const close = (): void => go(addresses.images);
  return (
    <DetailSplit
      name="images"
      list={<List library={library} opened={id} />}
      detail={id === null ? null : <ImageDetail key={id} image={image} known={library !== null} onClose={close} />}
      detailLabel={label ?? 'Image'}
      onClose={close}
    />
  );
}

function List({ library, opened }: { readonly library: ImageLibrary | null; readonly opened: string | null }): ReactElement {
  const [search, setSearch] = useSearchParams();
  const find = search.get('find') ?? '';
  const which = WHICH.find((each) => each === search.get('which')) ?? 'all';
  const write = (change: { readonly find?: string; readonly which?: Which }): void => {
    const next = { find, which, ...change };
    setSearch(
      { ...(next.find === '' ? {} : { find: next.find }), ...(next.which === 'all' ? {} : { which: next.which }) },
      { replace: true },
    );
  };
  const images = library?.images ?? [];
  const wanted = find.trim().toLowerCase();
  const rows = images.filter(
    (image) =>
      isOf(which, image) &&
      [imageLabel(image), image.category, image.description.volumeId ?? '', image.sha256].some((text) =>
        text.toLowerCase().includes(wanted),
      ),
  );
  const count = (each: Which): string => formatCount(images.filter((image) => isOf(each, image)).length);
  return (
    <>
      <PageHead
        title="Images"
        about={library === null ? undefined : aboutOf(library)}
        actions={
          <>
            <FetchImage key={search.get('fetch')} initiallyOpen={search.get('fetch') === 'open'} />
            <ImportFiles primary={opened === null} />
          </>
        }
      />
      <div className="filter-line">
        <SearchField slash value={find} onChange={(text) => write({ find: text })} placeholder="Name, volume id, sha256" />
        <Segments
          label="Which images"
          value={which}
          onChange={(value) => write({ which: value })}
          segments={[
            { value: 'all', label: 'All' },
            { value: 'pinned', label: `Pinned ${count('pinned')}` },
            { value: 'unused', label: `Unused ${count('unused')}` },
          ]}
        />
      </div>
      <Arriving arrivals={library?.arrivals ?? []} />
      <div className="scroll grow">
        {library === null ? (
          <LoadingShape />
        ) : rows.length === 0 ? (
          <div className="page-body">
            {images.length === 0 ? <Nothing /> : <NoMatch title="No image matches" onClear={() => write({ find: '', which: 'all' })} />}
          </div>
        ) : (
          <ImageTable rows={rows} opened={opened} />
        )}
        <Served />
      </div>
      {library === null ? null : <Budget library={library} />}
    </>
  );
}

function aboutOf({ images, arrivals }: ImageLibrary): string {
  return `${formatCount(images.length)}${arrivals.length === 0 ? '' : `, and ${formatCount(arrivals.length)} arriving`}`;
}

function Nothing(): ReactElement {
  return (
    <EmptyState
      title="No images yet"
      why="An image is what a run installs on a machine before its tests. Import an ISO, a disk, or a kernel with its RAM disk, drop them into the window, or fetch one from an address."
    />
  );
}
