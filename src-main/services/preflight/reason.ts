import type { PreflightReason, ReasonCode, Repair } from '../../../src-shared/model/preflight.ts';
import { WorkbenchError } from '../../errors.ts';

/** The run is refused for this. */
export function error(code: ReasonCode, message: string, subject: string | null, repair: Repair | null = null): PreflightReason {
  return { code, message, subject, severity: 'error', repair };
}

/** The run can start all the same. */
export function warning(code: ReasonCode, message: string, subject: string | null, repair: Repair | null = null): PreflightReason {
  return { code, message, subject, severity: 'warning', repair };
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
