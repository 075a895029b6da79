import { matrixCells, type PlannedCell } from '../../../src-shared/model/matrix-cells.ts';
import { MatrixRequest, type Matrix } from '../../../src-shared/model/matrix.ts';
import type { PreflightReason } from '../../../src-shared/model/preflight.ts';
import type { TestPlan } from '../../../src-shared/model/plan.ts';
import { WorkbenchError } from '../../errors.ts';
import { newId } from '../../new-id.ts';
import { findCondition } from '../../store/conditions.ts';
import { findMatrixByRequestKey, insertMatrix, type CellStart, type MatrixRow } from '../../store/matrices.ts';
import type { Caller } from '../caller.ts';
import { needPlan } from '../plans/plan-services.ts';
import { examineRun } from '../preflight/check-run.ts';
import { refusal } from '../preflight/reason.ts';
import { resolveRequest } from '../preflight/resolve-request.ts';
import { bindRun, writeRun, type BoundRun } from '../runs/start-run.ts';
import { readMatrix, type MatrixServices } from './matrix-services.ts';
import { tellOfRuns } from './tell-of-runs.ts';

type Request = ReturnType<typeof MatrixRequest.parse>;
type Cell = PlannedCell & { bound: BoundRun };

/** Makes the run of every cell, or none: one transaction, after every cell was checked. The same `requestKey` answers the same matrix. */
export async function startMatrix(services: MatrixServices, input: MatrixRequest, caller: Caller): Promise<Matrix> {
  const { runs } = services;
  const { store } = runs;
  const request = withDefaults(MatrixRequest.parse(input));
  const known = request.requestKey === undefined ? undefined : findMatrixByRequestKey(store, request.requestKey);
  if (known !== undefined) return readMatrix(store, known.id);
  const plans = request.planIds.map((id) => needPlan(store, id));
  const planned = matrixCells({
    plans: plans.length,
    conditions: request.conditionIds.length,
    suts: request.suts.length,
    without: request.without,
  });
  if (planned.length === 0) throw new WorkbenchError('BAD_REQUEST', 'No combination is left in this matrix. Leave fewer out.');
  const cells = await checkCells(services, { request, planned, caller });
  const matrix = describe(services, { request, plans, caller });
  const id = store.transaction(() => {
    const meanwhile = request.requestKey === undefined ? undefined : findMatrixByRequestKey(store, request.requestKey);
    if (meanwhile !== undefined) return meanwhile.id;
    const starts = cells.map(({ row, column, bound }): CellStart => ({ row, column, runId: writeRun(runs, bound) }));
    insertMatrix(store, matrix, starts);
    return matrix.id;
  })();
  const made = readMatrix(store, id);
  tellOfRuns(
    services,
    id,
    made.cells.flatMap(({ runIds }) => runIds),
  );
  return readMatrix(store, id);
}

function withDefaults(request: Request): Request {
  const conditionIds = request.conditionIds.length === 0 ? [null] : request.conditionIds;
  return { ...request, conditionIds, suts: request.suts.length === 0 ? [[]] : request.suts };
}

/** Looks at every cell before anything is made, and refuses with every reason, each once. */
async function checkCells(
  { runs }: MatrixServices,
  { request, planned, caller }: { request: Request; planned: readonly PlannedCell[]; caller: Caller },
): Promise<Cell[]> {
  const reasons: PreflightReason[] = [];
  const cells: Cell[] = [];
  for (const cell of planned) {
    const conditionId = request.conditionIds[cell.condition] ?? null;
    const wish = {
      planId: request.planIds[cell.plan] ?? '',
      suts: request.suts[cell.suts] ?? [],
      ...(conditionId === null ? {} : { conditionId }),
    };
    const resolved = resolveRequest(runs, wish, caller.user);
    if (resolved.wanted === null) {
      reasons.push(...resolved.reasons);
      continue;
    }
    const { wanted } = resolved;
    const examined = await examineRun(runs, wanted);
    reasons.push(...examined.reasons);
    if (examined.found === undefined || reasons.some(({ severity }) => severity === 'error')) continue;
    const checked = { ...examined.found, total: examined.cases ?? 0 };
    cells.push({ ...cell, bound: await bindRun(runs, { wanted, checked, requestKey: null }) });
  }
  const errors = reasons.filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    throw refusal([...new Map(errors.map((each) => [JSON.stringify([each.code, each.subject, each.message]), each])).values()]);
  return cells;
}

function describe(
  { runs }: MatrixServices,
  { request, plans, caller }: { request: Request; plans: readonly TestPlan[]; caller: Caller },
): MatrixRow {
  const at = runs.clock.now();
  const conditionName = (id: string | null) => (id === null ? null : (findCondition(runs.store, id)?.name ?? null));
  return {
    id: newId(at),
    requestKey: request.requestKey ?? null,
    name:
      request.name ??
      plans
        .map(({ name }) => name)
        .join(', ')
        .slice(0, 200),
    rows: plans.flatMap((plan) =>
      request.conditionIds.map((id) => ({
        planId: plan.id,
        planName: plan.name,
        conditionId: id ?? plan.conditionId,
        conditionName: conditionName(id ?? plan.conditionId),
      })),
    ),
    columns: request.suts.map((suts) => ({ suts })),
    createdAt: at,
    createdBy: caller.user,
  };
}
