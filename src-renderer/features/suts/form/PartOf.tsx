import { useId, type ReactElement } from 'react';
import { useSuts } from '../../../state/suts.ts';
import { possibleParents } from '../model/family.ts';

interface Props {
  /** Null: a new one. */
  readonly id: string | null;
  readonly parentId: string | null;
  readonly onChange: (parentId: string | null) => void;
}

/** The enclosure or host that it stands in or runs on; never itself or what is in it. */
export function PartOf({ id, parentId, onChange }: Props): ReactElement {
  const label = useId();
  const byId = useSuts((state) => state.byId);
  return (
    <div>
      <label className="form-label" htmlFor={label}>
        Part of
      </label>
      <select id={label} className="select" value={parentId ?? ''} onChange={(event) => onChange(event.currentTarget.value || null)}>
        <option value="">Nothing, it stands alone</option>
        {possibleParents(id, byId).map((sut) => (
          <option key={sut.id} value={sut.id}>
            {sut.name}
          </option>
        ))}
      </select>
      <div className="dim small form-about">
        The enclosure it stands in or the host it runs on. Who powers that one is told of this one.
      </div>
    </div>
  );
}
