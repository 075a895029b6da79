import { z } from 'zod';
import { Repair } from '../model/preflight.ts';

/** One of several reasons of a refusal. */
export interface ErrorReason {
  code: string;
  message: string;
  subject: string | null;
  /** What a page can do about it, where there is something. */
  repair?: Repair | null | undefined;
}

/** What an error carries besides its sentence: the facts behind it and an id that finds it in the log. */
export interface ErrorData {
  correlationId: string;
  /** Facts, one a line, already in words; never secrets. */
  details: string[];
  /** All reasons when there are several: a refusal names every reason at once. */
  reasons: ErrorReason[];
}
/** Typed by name: every procedure carries it once for each code, and written out it would be most of what the compiler has to read. */
const ErrorData: z.ZodType<ErrorData> = z.object({
  correlationId: z.string(),
  details: z.array(z.string()).default([]),
  reasons: z
    .array(z.object({ code: z.string(), message: z.string(), subject: z.string().nullable(), repair: Repair.nullable().optional() }))
    .default([]),
});

export interface ErrorEntry {
  status: number;
  message: string;
  data: typeof ErrorData;
}

const entry = (status: number, message: string): ErrorEntry => ({ status, message, data: ErrorData });

/** The closed list. A new code needs a reader who would act differently on it. A failing test is a verdict, not an error. */
const LIST = {
  BAD_REQUEST: entry(400, 'The request is not understood.'),
  UNAUTHORIZED: entry(401, 'Sign in first.'),
  FORBIDDEN: entry(403, 'You may not do this.'),
  NOT_FOUND: entry(404, 'This does not exist.'),
  CONFLICT: entry(409, 'This contradicts what is there already.'),
  NOT_RESERVED: entry(409, 'A machine is reserved by somebody else.'),
  SUT_BUSY: entry(409, 'A machine is in use by a run.'),
  CONFIRM_FIRST: entry(409, 'Somebody would be hurt: read whom, and confirm.'),
  PREFLIGHT_FAILED: entry(422, 'The run cannot start.'),
  ARCHIVE_REFUSED: entry(422, 'The archive is not safe to unpack.'),
  NO_SUITES: entry(422, 'There is no test suite in it.'),
  PYTHON_MISSING: entry(503, 'Python was not found.'),
  ROBOT_MISSING: entry(503, 'Robot Framework was not found.'),
  ROBOT_TOO_OLD: entry(503, 'Robot Framework is older than 6.1.'),
  ROBOT_DATA: entry(422, 'Robot Framework cannot use this test data.'),
  ENVIRONMENT_FAILED: entry(503, 'The Python environment could not be made.'),
  LOCK_FAILED: entry(422, 'These libraries cannot be installed together.'),
  INDEX_UNREACHABLE: entry(503, 'The package index cannot be reached.'),
  DISK_FULL: entry(507, 'The disk is full.'),
  HOME_UNUSABLE: entry(503, 'The home folder cannot be used.'),
  HOME_IN_USE: entry(409, 'Another ATN Workbench owns this home.'),
  OOBM_UNREACHABLE: entry(504, 'The machine does not answer out of band.'),
  OOBM_AUTH: entry(502, 'The machine refused the password.'),
  OOBM_REFUSED: entry(502, 'The machine refused the command.'),
  OOBM_UNSUPPORTED: entry(501, 'No way to this machine can do that.'),
  OOBM_IDENTITY: entry(502, 'The machine shows another certificate or host key than the known one.'),
  PROVISIONING_FAILED: entry(502, 'The machine could not be brought into the wanted state.'),
  HUB_OFFLINE: entry(503, 'The hub cannot be reached.'),
  TIMEOUT: entry(504, 'It took too long.'),
  CANCELLED: entry(499, 'It was cancelled.'),
  INTERNAL: entry(500, 'Something went wrong inside the workbench.'),
};

export type ErrorCode = keyof typeof LIST;
export type HarnessErrors = { [Code in ErrorCode]: ErrorEntry };
export const ERRORS: HarnessErrors = LIST;
