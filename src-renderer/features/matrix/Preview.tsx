import { Checkbox } from '@mantine/core';
import { Fragment, type CSSProperties, type ReactElement } from 'react';
import { formatCount } from '../../../src-shared/text/quantities.ts';

/** A combination by its places in the three lists. */
export interface Combination {
  readonly plan: number;
  readonly condition: number;
  readonly suts: number;
}

interface Props {
  readonly plans: readonly string[];
  readonly conditions: readonly string[];
  readonly suts: readonly string[];
  readonly without: readonly Combination[];
  readonly onChange: (without: readonly Combination[]) => void;
}

/** Beyond this many cells a person does not tick one by one. */
const MOST = 600;

const same = (one: Combination, other: Combination): boolean =>
  one.plan === other.plan && one.condition === other.condition && one.suts === other.suts;

/** The grid before it is started: a cell that is not ticked is not planned. */
export function Preview({ plans, conditions, suts, without, onChange }: Props): ReactElement | null {
  const cells = plans.length * conditions.length * suts.length;
  if (cells === 0) return null;
  if (cells > MOST) return <p className="dim small new-matrix">{formatCount(cells)} runs: too many to leave out single ones here.</p>;
  const turn = (place: Combination, on: boolean): void => onChange(on ? without.filter((each) => !same(each, place)) : [...without, place]);
  return (
    <div className="matrix-grid preview" style={{ '--matrix-columns': suts.length } as CSSProperties} role="grid" aria-label="Combinations">
      <div role="row" className="matrix-row head">
        <span role="columnheader" className="matrix-name">
          Plan and condition
        </span>
        {suts.map((sut) => (
          <span key={sut} role="columnheader" className="ellipsis">
            {sut}
          </span>
        ))}
      </div>
      {plans.map((planName, plan) => (
        <Fragment key={planName}>
          <div role="row" className="matrix-group">
            <span role="gridcell" className="strong">
              {planName}
            </span>
          </div>
          {conditions.map((conditionName, condition) => (
            <div key={conditionName} role="row" className="matrix-row">
              <span role="rowheader" className="matrix-name strong ellipsis">
                {conditionName}
              </span>
              {suts.map((sut, column) => {
                const place = { plan, condition, suts: column };
                return (
                  <span key={sut} role="gridcell" className="matrix-cell">
                    <Checkbox
                      aria-label={`${planName}, ${conditionName}, ${sut}`}
                      checked={!without.some((each) => same(each, place))}
                      onChange={(event) => turn(place, event.currentTarget.checked)}
                    />
                  </span>
                );
              })}
            </div>
          ))}
        </Fragment>
      ))}
    </div>
  );
}
