import type { PreflightReason, ReasonCode, Repair } from '../../../src-shared/model/preflight.ts';
import { WorkbenchError } from '../../errors.ts';

/** What a reason is about: its subject, and what a page can do about it where there is something. */
type About = string | null | { subject: string | null; repair: Repair | null };

/** The run is refused for this. */
export function error(code: ReasonCode, message: string, about: About): PreflightReason {
  return { code, message, severity: 'error', ...partsOf(about) };
}

/** The run can start all the same. */
export function warning(code: ReasonCode, message: string, about: About): PreflightReason {
  return { code, message, severity: 'warning', ...partsOf(about) };
}

function partsOf(about: About): Pick<PreflightReason, 'subject' | 'repair'> {
  return typeof about === 'string' || about === null ? { subject: about, repair: null } : about;
}

/** All errors among the reasons, as the refusal of a start. */
export function refusal(reasons: readonly PreflightReason[]): WorkbenchError {
  const errors = reasons.filter(({ severity }) => severity === 'error');
  const rest = errors.length > 1 ? ` And ${errors.length - 1} more.` : '';
  return new WorkbenchError('PREFLIGHT_FAILED', `The run cannot start. ${errors[0]?.message ?? ''}${rest}`, {
    reasons: errors.map(({ code, message, subject, repair }) => ({ code, message, subject, repair })),
    details: errors.map(({ message }) => message),
  });
}
