import { Select } from '@mantine/core';
import type { ReactElement } from 'react';
import { imageLabel } from '../../../../src-shared/model/image.ts';
import type { AtEnd as What, ProvisionAtEnd } from '../../../../src-shared/model/reservation.ts';
import { client } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';
import { useImageLibrary } from '../../../state/images.ts';

export interface Ending {
  readonly atEnd: What;
  readonly recipe: string;
  readonly image: string | null;
}

export const NOTHING_AT_END: Ending = { atEnd: 'nothing', recipe: 'virtual-media', image: null };

/** What the request says of it. */
export function endOf({ atEnd, recipe, image }: Ending): { atEnd: What; provision?: ProvisionAtEnd } {
  return atEnd === 'provision' ? { atEnd, provision: { recipe, image } } : { atEnd };
}

interface Props {
  readonly value: Ending;
  readonly onChange: (value: Ending) => void;
}

/** What is done with the machines when the reservation ends, before the next one has them. */
export function AtEnd({ value, onChange }: Props): ReactElement {
  return (
    <div>
      <label>
        <span className="board-label">At the end</span>
        <select
          className="board-select"
          value={value.atEnd}
          onChange={(event) => onChange({ ...value, atEnd: event.currentTarget.value as What })}
        >
          <option value="nothing">Leave as it is</option>
          <option value="powerOff">Power off</option>
          <option value="provision">Provision for the next one</option>
        </select>
      </label>
      {value.atEnd === 'provision' ? <Provision value={value} onChange={onChange} /> : null}
    </div>
  );
}

function Provision({ value, onChange }: Props): ReactElement {
  const { data: recipes } = useCall((signal) => client.provisioning.recipes({}, { signal }), []);
  const { list } = useImageLibrary();
  const needsImage = recipes?.find(({ ref }) => ref === value.recipe)?.image !== 'none';
  return (
    <>
      <Select
        label="Recipe"
        value={value.recipe}
        allowDeselect={false}
        data={(recipes ?? []).filter(({ problem }) => problem === null).map(({ ref, name }) => ({ value: ref, label: name }))}
        onChange={(recipe) => onChange({ ...value, recipe: recipe ?? value.recipe, image: null })}
      />
      {needsImage ? (
        <Select
          label="Image"
          placeholder="Choose an image"
          value={value.image}
          data={(list[0]?.images ?? []).map(imageLabel)}
          onChange={(image) => onChange({ ...value, image })}
        />
      ) : null}
    </>
  );
}
