import { implement, type Router } from '@orpc/server';
import type { HubRight } from '../../src-shared/contract/hub/base.ts';
import { hubContract, type HubContract } from '../../src-shared/contract/hub/index.ts';
import { isFeed, toContractError, translatingFeed } from '../../src-shared/contract/translate-errors.ts';
import { writeAudit } from '../people/audit.ts';
import type { PeopleServices } from '../people/people-services.ts';
import { demandRight, type Principal } from '../people/principal.ts';
import type { CallContext, HubContext, HubPart } from './context.ts';
import { wordingOf, type Report } from './translate-errors.ts';

export type HubRouter = Router<HubContract, HubContext>;
export type HubParts = { [Domain in keyof HubContract]: HubPart<Domain> };

interface Deed {
  context: CallContext;
  right: HubRight;
  path: readonly string[];
  input: unknown;
  outcome: string;
}

/** Joins the parts. One middleware around all of them asks who calls, checks the right, writes the audit log and lets only errors of the closed list leave. */
export function createRouter(parts: HubParts, people: PeopleServices, report: Report): HubRouter {
  return implement(hubContract)
    .$context<HubContext>()
    .use(async ({ next, path, procedure, context }, input: unknown) => {
      const translate = (error: unknown) => toContractError(error, path.join('.'), wordingOf(report));
      const { right } = procedure['~orpc'].meta;
      let who: Principal | null = null;
      const note = (outcome: string) => audit(people, { context: { ...context, who }, right, path, input, outcome });
      try {
        who = await context.principal();
        demandRight(who, right);
        const result = await next({ context: { who } });
        await note('done');
        return isFeed(result.output) ? { ...result, output: translatingFeed(result.output, translate) } : result;
      } catch (error) {
        const translated = translate(error);
        await note(translated.code).catch((failure: unknown) => report('the audit log could not be written', failure, {}));
        throw translated;
      }
    })
    .router(parts);
}

/** What nobody in particular was refused is no deed, except to try to come in. */
async function audit({ store, now }: PeopleServices, { context, right, path, input, outcome }: Deed): Promise<void> {
  const { who, visitor } = context;
  if (!right.audited || (who === null && right.role !== 'anyone')) return;
  await writeAudit(store, {
    at: now(),
    personId: who?.person.id ?? null,
    person: who?.person.name ?? '',
    deed: path.join('.'),
    subject: subjectOf(input),
    outcome,
    address: visitor.address,
  });
}

/** What names the thing that was meant; never a secret, and never all of the input. */
const NAMING = ['login', 'name', 'sut', 'id', 'note', 'purpose'];

function subjectOf(input: unknown): string {
  if (typeof input !== 'object' || input === null) return '';
  const fields = input as Record<string, unknown>;
  const found = NAMING.map((key) => fields[key]).find((value) => typeof value === 'string' && value !== '');
  return typeof found === 'string' ? found : '';
}
