import { MultiSelect, NumberInput, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useId, type ReactElement } from 'react';
import type { Discovery, TestData } from '../../../../src-shared/model/test-data.ts';
import { useConditions } from '../../../state/conditions.ts';
import { useLibraries } from '../../../state/libraries.ts';
import type { PlanDraft } from '../model/plan-draft.ts';
import { OptionRows } from '../plan/OptionRows.tsx';
import { PlanRow } from '../plan/PlanRow.tsx';
import { ProvisioningRow } from '../plan/ProvisioningRow.tsx';
import { WhatRows } from '../plan/WhatRows.tsx';
import { OrderRow } from './OrderRow.tsx';

export interface FieldsProps {
  readonly draft: PlanDraft;
  readonly change: (part: Partial<PlanDraft>) => void;
}

interface Props extends FieldsProps {
  readonly testData: TestData;
  readonly onTestData: ((id: string) => void) | null;
  readonly tags: Discovery['tags'];
}

/** Everything that a plan says besides its cases. */
export function PlanFields({ draft, change, testData, onTestData, tags }: Props): ReactElement {
  const id = useId();
  return (
    <div className="plan-rows">
      <WhatRows testData={testData} onTestData={onTestData} tags={tags} draft={draft} change={change} />
      <PlanRow label="What for" field={`${id}doc`}>
        <Textarea
          id={`${id}doc`}
          value={draft.doc}
          autosize
          minRows={1}
          maxRows={6}
          onChange={(event) => change({ doc: event.currentTarget.value })}
        />
      </PlanRow>
      <OrderRow draft={draft} change={change} />
      <LibraryRow draft={draft} change={change} />
      <NeedRows draft={draft} change={change} />
      <DefaultCondition draft={draft} change={change} />
      <ProvisioningRow
        testDataId={testData.id}
        revision={draft.revision}
        choice={draft.provisioning}
        suts={[]}
        onChange={(provisioning) => change({ provisioning })}
      />
      <OptionRows draft={draft} change={change} />
      <PlanRow label="Retries" field={`${id}retries`} hint="After a run that failed, what did not pass is run again at most so many times.">
        <NumberInput
          id={`${id}retries`}
          value={draft.retries}
          min={0}
          max={10}
          allowDecimal={false}
          onChange={(value) => change({ retries: Number(value) || 0 })}
        />
      </PlanRow>
    </div>
  );
}

function LibraryRow({ draft, change }: FieldsProps): ReactElement {
  const id = useId();
  const { list } = useLibraries();
  const offered = list.flatMap(({ id: libraryId, name, versions }) => [
    { value: libraryId, label: `${name}, newest` },
    ...versions.map((version) => ({ value: `${libraryId}@${version.id}`, label: `${name} ${version.version}` })),
  ]);
  const gone = draft.libraries
    .filter((key) => !offered.some(({ value }) => value === key))
    .map((value) => ({ value, label: 'removed library' }));
  return (
    <PlanRow label="Libraries" field={`${id}libraries`} hint={draft.libraries.length === 0 ? undefined : 'These and no others.'}>
      <MultiSelect
        id={`${id}libraries`}
        placeholder={draft.libraries.length === 0 ? 'Those of the test data' : ''}
        data={[...offered, ...gone]}
        value={[...draft.libraries]}
        searchable
        clearable
        onChange={(libraries) => change({ libraries: onePerLibrary(libraries) })}
      />
    </PlanRow>
  );
}

/** The last choice of a library holds: newest, or one version. */
function onePerLibrary(keys: readonly string[]): readonly string[] {
  const byLibrary = new Map(keys.map((key) => [key.split('@')[0], key]));
  return [...byLibrary.values()];
}

function NeedRows({ draft, change }: FieldsProps): ReactElement {
  const id = useId();
  return (
    <PlanRow label="Machines">
      <TextInput
        id={`${id}count`}
        aria-label="How many SUTs"
        placeholder="Any number of SUTs"
        inputMode="numeric"
        value={draft.sutCount}
        onChange={(event) => change({ sutCount: event.currentTarget.value })}
      />
      <TagsInput
        aria-label="Tags that each SUT must have"
        placeholder={draft.sutTags.length === 0 ? 'Tags that each must have' : ''}
        value={[...draft.sutTags]}
        onChange={(sutTags) => change({ sutTags })}
      />
      <TagsInput
        aria-label="What fields of each SUT must say"
        placeholder={draft.sutFields.length === 0 ? 'Fields: vendor = Dell, memoryGb >= 64' : ''}
        value={[...draft.sutFields]}
        onChange={(sutFields) => change({ sutFields })}
      />
    </PlanRow>
  );
}

function DefaultCondition({ draft, change }: FieldsProps): ReactElement {
  const { list } = useConditions();
  return (
    <PlanRow label="Condition">
      <Select
        aria-label="Condition of a run that names none"
        placeholder="None"
        data={list.map((each) => ({ value: each.id, label: each.name }))}
        value={draft.conditionId}
        clearable
        searchable={list.length > 8}
        onChange={(conditionId) => change({ conditionId })}
      />
    </PlanRow>
  );
}
