import { Checkbox } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { formatAmount } from '../../../../src-shared/text/quantities.ts';
import { SearchField } from '../../../kit/SearchField.tsx';
import { useMe } from '../../../state/system.ts';
import { factsOfSut } from '../model/sut-facts.ts';

interface Props {
  readonly suts: readonly Sut[];
  readonly chosen: readonly string[];
  readonly onPress: (name: string) => void;
  readonly onDone: () => void;
}

/** More than this are found by typing. */
const MOST = 60;

/** Every machine with who holds it; those that somebody else holds can be seen, not taken. */
export function SutChoice({ suts, chosen, onPress, onDone }: Props): ReactElement {
  const [text, setText] = useState('');
  const me = useMe();
  const wanted = text.trim().toLowerCase();
  const fitting = suts.filter(({ name, tags }) => [name, ...tags].some((word) => word.toLowerCase().includes(wanted)));
  const onEnter = (): void => {
    const [only] = fitting;
    if (fitting.length === 1 && only !== undefined) onPress(only.name);
    onDone();
  };
  return (
    <div className="sut-choice">
      <SearchField placeholder="Name or tag of a SUT" value={text} onChange={setText} onEnter={onEnter} width="100%" />
      <ul>
        {fitting.slice(0, MOST).map((sut) => {
          const { text: standing, standing: kind } = factsOfSut(sut, me);
          const on = chosen.includes(sut.name);
          return (
            <li key={sut.id}>
              <Checkbox
                checked={on}
                disabled={kind === 'blocked' && !on}
                onChange={() => onPress(sut.name)}
                label={
                  <span className="row">
                    <span className="strong ellipsis">{sut.name}</span>
                    <span className={`small nowrap ${kind === 'blocked' ? 'mark-failed' : 'dim'}`}>{standing}</span>
                  </span>
                }
              />
            </li>
          );
        })}
      </ul>
      {fitting.length === 0 ? <p className="dim small">No SUT has “{text}” in its name or tags.</p> : null}
      {fitting.length > MOST ? <p className="dim small">and {formatAmount(fitting.length - MOST, 'SUT')} more: type to find them</p> : null}
    </div>
  );
}
