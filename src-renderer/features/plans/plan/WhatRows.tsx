import { Select, TagsInput, TextInput } from '@mantine/core';
import { useId, type ReactElement } from 'react';
import type { Discovery, TestData } from '../../../../src-shared/model/test-data.ts';
import { client } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';
import { formatWhen } from '../../../kit/format.ts';
import { useNow } from '../../../kit/use-now.ts';
import { useTestData } from '../../../state/test-data.ts';
import type { Draft } from '../model/draft.ts';
import type { ChangeDraft } from '../use-draft.ts';
import { PlanRow } from './PlanRow.tsx';

interface Props {
  readonly testData: TestData;
  /** Null: they cannot be others. */
  readonly onTestData: ((id: string) => void) | null;
  readonly tags: Discovery['tags'];
  readonly draft: Draft;
  readonly change: ChangeDraft;
}

/** What runs: test data, its revision, and which of its tags. */
export function WhatRows({ testData, onTestData, tags, draft, change }: Props): ReactElement {
  const id = useId();
  const list = useTestData((state) => state.list);
  const names = tags.map(({ tag }) => tag);
  return (
    <>
      <PlanRow label="Test data" field={`${id}data`}>
        <Select
          id={`${id}data`}
          data={list
            .filter(({ id: one, archivedAt }) => archivedAt === null || one === testData.id)
            .map((one) => ({ value: one.id, label: one.name }))}
          value={testData.id}
          allowDeselect={false}
          searchable={list.length > 8}
          disabled={onTestData === null}
          onChange={(value) => value !== null && onTestData?.(value)}
        />
      </PlanRow>
      <Revision id={`${id}revision`} testData={testData} draft={draft} change={change} />
      <PlanRow label="Name" field={`${id}name`}>
        <TextInput
          id={`${id}name`}
          placeholder={testData.name}
          value={draft.name}
          maxLength={200}
          spellCheck={false}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
      </PlanRow>
      <PlanRow label="Include tags" field={`${id}include`}>
        <TagsInput
          id={`${id}include`}
          placeholder={draft.include.length === 0 ? 'Any. A tag, or smokeANDfast' : ''}
          data={names}
          value={[...draft.include]}
          onChange={(include) => change({ include })}
        />
      </PlanRow>
      <PlanRow label="Exclude tags" field={`${id}exclude`}>
        <TagsInput
          id={`${id}exclude`}
          placeholder={draft.exclude.length === 0 ? 'None' : ''}
          data={names}
          value={[...draft.exclude]}
          onChange={(exclude) => change({ exclude })}
        />
      </PlanRow>
    </>
  );
}

const NEWEST = 'newest';

interface RevisionProps {
  readonly id: string;
  readonly testData: TestData;
  readonly draft: Draft;
  readonly change: ChangeDraft;
}

function Revision({ id, testData, draft, change }: RevisionProps): ReactElement {
  const { data } = useCall((signal) => client.testData.get({ id: testData.id }, { signal }), [testData.id, testData.newest.hash]);
  const now = useNow('minute');
  const older = (data?.revisions ?? []).filter(({ hash }) => hash !== testData.newest.hash);
  const words = (hash: string, at: number): string => `${hash.slice(0, 7)}, ${formatWhen(at, now)}`;
  return (
    <PlanRow label="Revision" field={id}>
      <Select
        id={id}
        data={[
          { value: NEWEST, label: `Newest, ${words(testData.newest.hash, testData.newest.createdAt)}` },
          ...older.map(({ hash, createdAt }) => ({ value: hash, label: words(hash, createdAt) })),
        ]}
        value={draft.revision ?? NEWEST}
        allowDeselect={false}
        onChange={(value) => change({ revision: value === null || value === NEWEST ? null : value })}
      />
    </PlanRow>
  );
}
