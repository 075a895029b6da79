import { Popover } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { addresses } from '../../../kit/addresses.ts';
import { Button } from '../../../kit/Button.tsx';
import { useSuts } from '../../../state/suts.ts';
import { useMe } from '../../../state/system.ts';
import { factsOfSut } from '../model/sut-facts.ts';
import { PlanRow } from './PlanRow.tsx';
import { SutChoice } from './SutChoice.tsx';

interface Props {
  readonly chosen: readonly string[];
  readonly onChange: (names: readonly string[]) => void;
}

export function SutsRow({ chosen, onChange }: Props): ReactElement {
  const [open, setOpen] = useState(false);
  const suts = useSuts(useShallow((state) => state.order.flatMap((id) => state.byId.get(id) ?? [])));
  const known = useSuts((state) => state.known);
  const byName = new Map(suts.map((sut) => [sut.name, sut]));
  const without = (name: string): readonly string[] => chosen.filter((one) => one !== name);
  const press = (name: string): void => onChange(chosen.includes(name) ? without(name) : [...chosen, name]);
  return (
    <PlanRow label="SUTs" hint={chosen.length === 0 ? 'None: the run reserves nothing, and ${SUTs} is what the suites say.' : undefined}>
      <div className="row tight wrap">
        {chosen.map((name) => (
          <SutChip key={name} name={name} sut={byName.get(name)} onRemove={() => onChange(without(name))} />
        ))}
        {known && suts.length === 0 ? (
          <Button small href={addresses.newSut} icon={<Plus />}>
            Describe a SUT
          </Button>
        ) : (
          <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus returnFocus width={340}>
            <Popover.Target>
              <button
                type="button"
                className="button quiet small"
                aria-expanded={open}
                aria-label="Add SUTs"
                onClick={() => setOpen(!open)}
              >
                <Plus aria-hidden />
                Add
              </button>
            </Popover.Target>
            <Popover.Dropdown p={0}>
              <SutChoice suts={suts} chosen={chosen} onPress={press} onDone={() => setOpen(false)} />
            </Popover.Dropdown>
          </Popover>
        )}
      </div>
    </PlanRow>
  );
}

interface ChipProps {
  readonly name: string;
  readonly sut: Sut | undefined;
  readonly onRemove: () => void;
}

function SutChip({ name, sut, onRemove }: ChipProps): ReactElement {
  const me = useMe();
  const facts = sut === undefined ? ({ text: 'does not exist', standing: 'blocked' } as const) : factsOfSut(sut, me);
  return (
    <span className={`chip sut-chip ${facts.standing}`}>
      <span className="ellipsis">
        {name} <span className={facts.standing === 'blocked' ? 'mark-failed' : 'dim'}>{facts.text}</span>
      </span>
      <button type="button" className="chip-button" aria-label={`Remove ${name}`} onClick={onRemove}>
        <X aria-hidden />
      </button>
    </span>
  );
}
