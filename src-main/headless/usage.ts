/** The command line was not understood: exit 64, the sentence and where to read on. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Says how to use `atn`; also what a wrong use is answered with. */
export const USAGE = `atn: run Robot Framework suites from the ATN Workbench, without a window

  atn run PATH [--sut NAME]... [--condition FILE] [--variable NAME:VALUE]...
               [--include TAG]... [--exclude TAG]... [--test NAME]... [--suite NAME]...
               [--timeout SECONDS] [--silence SECONDS] [--name NAME] [-- ROBOT OPTIONS]
        runs a folder, a .robot file or a zip, and waits for its end
  atn runs [--text WORDS] [--verdict V]... [--sut NAME] [--limit N]    lists runs, newest first
  atn show RUN                      one run with its failures
  atn stop RUN [--now]              asks a run to end; --now skips the grace
  atn report RUN [--form zip|output.xml|log.html|report.html|xunit.xml] [--to FILE] [--overwrite]
                                    says where the report is, or writes it to FILE
  atn doctor                        checks this computer
  atn serve [--port N]              serves the workbench on loopback until stopped

  RUN is an id, the beginning of one, or "last".
  Everywhere: --home DIR (default: the home of the desktop app), --json, --help, --version.
  Exit code of run, show, stop: 0 passed, 1 tests failed, 2 error or lost, 3 stopped, 64 wrong use.
`;
