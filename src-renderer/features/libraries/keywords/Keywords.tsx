import { Select } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { KeywordDocumentation } from '../../../../src-shared/model/library.ts';
import { formatCount } from '../../../../src-shared/text/quantities.ts';
import { client } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';
import { DenseTable, type Column } from '../../../kit/DenseTable.tsx';
import { SearchField } from '../../../kit/SearchField.tsx';
import { EmptyState, ErrorState, LoadingShape } from '../../../kit/States.tsx';
import { htmlText } from '../model/html-text.ts';
import { KeywordDoc } from './KeywordDoc.tsx';

const COLUMNS: readonly Column<KeywordDocumentation>[] = [
  {
    id: 'name',
    title: 'Keyword',
    width: 'minmax(120px, 1fr)',
    render: ({ name, deprecated }) => <span className={deprecated ? 'dim' : 'strong'}>{name}</span>,
    hint: ({ shortDoc, name }) => `${name}\n${htmlText(shortDoc)}`,
  },
  {
    id: 'arguments',
    title: 'Arguments',
    width: 'minmax(120px, 1.2fr)',
    render: ({ args }) => <span className="mono dim">{args.map(({ text }) => text).join(', ')}</span>,
    hint: ({ args }) => args.map(({ text }) => text).join(', '),
  },
];

interface Props {
  /** Names that it is imported by. */
  readonly names: readonly [string, ...string[]];
  /** Left out: it is there in every run. */
  readonly libraryId?: string;
  /** Another one is asked about again. */
  readonly versionId?: string | undefined;
}

/** What libdoc says of each name that the library is imported by. */
export function Keywords({ names, libraryId, versionId }: Props): ReactElement {
  const [chosen, setChosen] = useState<string | null>(null);
  const name = chosen ?? names[0];
  const { data, problem, again } = useCall(
    (signal) => client.libraries.keywords({ name, ...(libraryId === undefined ? {} : { libraryId }) }, { signal }),
    [libraryId, name, versionId],
  );
  const [find, setFind] = useState('');
  const [selected, setSelected] = useState<string | null>(null);
  if (data === null)
    return problem === null ? (
      <div className="grow">
        <LoadingShape rows={8} what="Asking Robot’s libdoc; the first time its environment is built" />
      </div>
    ) : (
      <div className="detail-note">
        <ErrorState problem={problem} onRetry={again} />
      </div>
    );
  if (data.keywords.length === 0)
    return (
      <div className="scroll grow library-doc" role="region" aria-label={`What ${data.name} says of itself`} tabIndex={0}>
        <p className="mid">{data.name} has no keywords. It says of itself:</p>
        <pre>{htmlText(data.doc)}</pre>
      </div>
    );
  const wanted = find.trim().toLowerCase();
  const rows = data.keywords.filter(({ name: keyword, tags, doc }) =>
    [keyword, ...tags, htmlText(doc)].some((text) => text.toLowerCase().includes(wanted)),
  );
  const shown = rows.find((keyword) => keyword.name === selected) ?? null;
  return (
    <div className="column grow keywords">
      <div className="row keywords-tools">
        <SearchField width="100%" value={find} onChange={setFind} placeholder="Find a keyword" />
        {names.length > 1 ? (
          <Select aria-label="Imported as" data={[...names]} value={name} allowDeselect={false} onChange={setChosen} />
        ) : null}
        <span className="dim small nowrap figures">{formatCount(data.keywords.length)}</span>
      </div>
      {rows.length === 0 ? (
        <div className="detail-note">
          <EmptyState title={`No keyword has “${find}”`} why="Neither in its name, its tags nor its documentation." />
        </div>
      ) : (
        <DenseTable
          label="Keywords"
          columns={COLUMNS}
          rows={rows}
          keyOf={(keyword) => keyword.name}
          selected={selected}
          onSelect={(keyword) => setSelected(keyword.name)}
        />
      )}
      {shown === null ? null : <KeywordDoc keyword={shown} />}
    </div>
  );
}
