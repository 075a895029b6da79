/** One combination of a matrix that is planned: places in the three lists of the request, and in the grid. */
export interface PlannedCell {
  plan: number;
  condition: number;
  suts: number;
  row: number;
  column: number;
}

interface Dimensions {
  plans: number;
  conditions: number;
  suts: number;
  without: readonly { plan: number; condition: number; suts: number }[];
}

/** Every combination, row by row: a row is a plan under a condition, a column the SUTs of one run. Those in `without` are left out. */
export function matrixCells({ plans, conditions, suts, without }: Dimensions): PlannedCell[] {
  const left = new Set(without.map((each) => `${each.plan} ${each.condition} ${each.suts}`));
  const cells: PlannedCell[] = [];
  for (let plan = 0; plan < plans; plan += 1) {
    for (let condition = 0; condition < conditions; condition += 1) {
      for (let column = 0; column < suts; column += 1) {
        if (!left.has(`${plan} ${condition} ${column}`))
          cells.push({ plan, condition, suts: column, row: plan * conditions + condition, column });
      }
    }
  }
  return cells;
}
