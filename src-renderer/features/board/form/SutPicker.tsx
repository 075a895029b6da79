import { X } from 'lucide-react';
import { useId, useState, type KeyboardEvent, type ReactElement } from 'react';
import { useSuts } from '../../../state/suts.ts';

interface Props {
  readonly chosen: readonly string[];
  readonly onChange: (ids: string[]) => void;
}

/** Machines by name, held together or not at all. */
export function SutPicker({ chosen, onChange }: Props): ReactElement {
  const list = useId();
  const [text, setText] = useState('');
  const { byId, order } = useSuts();
  const others = order.flatMap((id) => byId.get(id) ?? []).filter((sut) => sut.role === 'sut' && !chosen.includes(sut.id));
  const take = (typed: string): void => {
    const sut = others.find(({ name }) => name.toLowerCase() === typed.trim().toLowerCase());
    setText(sut === undefined ? typed : '');
    if (sut !== undefined) onChange([...chosen, sut.id]);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key !== 'Enter' || text === '') return;
    event.preventDefault();
    take(text);
  };
  return (
    <div>
      <span className="board-label">Machines, together or not at all</span>
      <div className="row tight wrap board-chosen">
        {chosen.map((id) => (
          <span key={id} className="chip">
            <span className="ellipsis">{byId.get(id)?.name ?? id}</span>
            <button
              type="button"
              className="button quiet small icon-only"
              aria-label={`Leave ${byId.get(id)?.name ?? id} out`}
              onClick={() => onChange(chosen.filter((one) => one !== id))}
            >
              <X aria-hidden />
            </button>
          </span>
        ))}
      </div>
      <span className="field">
        <input
          list={list}
          value={text}
          aria-label="Add a machine"
          placeholder="Add a machine by name"
          onChange={(event) => take(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <datalist id={list}>
          {others.map(({ id, name }) => (
            <option key={id} value={name} />
          ))}
        </datalist>
      </span>
    </div>
  );
}
