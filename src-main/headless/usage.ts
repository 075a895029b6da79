/** The command line was not understood: exit 64, the sentence and where to read on. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Says how to use `atn`; also what a wrong use is answered with. */
export const USAGE = `atn: run Robot Framework suites from the ATN Workbench, without a window

  atn run PLAN|PATH [--sut NAME]... [--condition NAME|FILE] [--variable NAME:VALUE]...
               [--include TAG]... [--exclude TAG]... [--test NAME]... [--suite NAME]...
               [--timeout SECONDS] [--silence SECONDS] [--name NAME] [-- ROBOT OPTIONS]
               [--image NAME] [--image-url URL --image-sha256 H] [--recipe RECIPE] [--answers NAME]
               [--provision different|always|never] [--keep never|failed|always[:MINUTES]]
        runs a plan, a folder, a .robot file or a zip, and waits for its end
  atn provision SUT [--recipe RECIPE] [--image NAME] [--image-url URL --image-sha256 H] [--answers NAME]
                [--data NAME|PATH] [--provision different|always] [--keep never|failed|always[:MINUTES]]   brings one machine into a state, without tests;
        --image-url is fetched first where the library has no image with that sha256
  atn recipes [list] | show RECIPE | preview RECIPE --sut NAME [--image NAME] [--answers NAME]   [--data NAME|PATH]
        how machines are provisioned, and what they would be told; with --data those of test data as well
  atn check PLAN|PATH [options of run]      why can't I run? Exit 0 nothing found, 1 reasons
  atn matrix PLAN... [--condition NAME]... [--sut NAME|NAME+NAME]... [--name NAME] [--no-wait]
        every plan under every condition on every machine, all or none; waits for the last
  atn plans [list] | show PLAN | export PLAN [--to FILE] | import FILE | remove PLAN
  atn conditions [list] | show NAME | export NAME [--to FILE] | import FILE [--name NAME] | remove NAME
  atn capsule export RUN FILE [--wheels] [--overwrite] | import FILE      a run as one file, for another home
  atn runs [--text WORDS] [--verdict V]... [--sut NAME] [--limit N]    lists runs, newest first
  atn show RUN                      one run with its failures
  atn history                       what broke within a day, what is flaky
  atn history test|plan|sut|condition|library|name KEY [--sut NAME] [--condition NAME] [--days N]
  atn compare RUN RUN...            what differs between runs: bindings first, then tests
  atn activity [--watch]            workers, what runs with its processes, what waits and why, figures of the last day
  atn activity pause | resume | workers N | move RUN PLACE      for new runs; those that run go on
  atn stop RUN [--now]              asks a run to end; --now skips the grace
  atn report RUN [--form FORM --to FILE] [--overwrite]      says where the report is, or writes it to FILE
        FORM: zip, output.xml, log.html, report.html, xunit.xml, results.csv, results.json, allure.zip,
        page.html (one page that opens from a file)
  atn reservations [list] [--mine] [--all] [--sut NAME]      who has which machine until when, and who waits
  atn reservations add NAME... (--for 2h | --until TIME | --open) [--from TIME] [--purpose TEXT] [--no-wait] [--power-off]
        [--recipe R] [--image I]      provisions the machines with it at the end, before the next one has them
        reserves machines together or not at all; without --no-wait it waits in line
  atn reservations extend ID (--by 2h | --until TIME | --open) [--overrule]      another end, also an earlier one
  atn reservations end ID [--force REASON]        releases, cancels or withdraws; the maintainer takes back with a reason
  atn reservations hand-over ID --to NAME
        TIME is 14:30 (the next time it is that late), or 2026-11-24T14:30
  atn test-data [list] [--archived]      test data, their newest revision and where it came from
  atn test-data import PATH [--name NAME] [--message TEXT] [--link]      --link: follow the folder
  atn test-data import-git URL [--ref BRANCH|TAG] [--folder PATH] [--name NAME] [--message TEXT] [--link]
  atn test-data diff NAME [--from N] [--to N] [--file PATH]      what the newest revision, or the one named, changed
  atn test-data archive NAME | unarchive NAME | remove NAME
  atn libraries [list]              test libraries, their versions, what they let suites import, who uses them
  atn libraries add SPEC [--test-data NAME] [--ref BRANCH]      SPEC: a requirement (name==1.0), a wheel, a source distribution,
        a folder, or the address of a git repository; --test-data attaches it at once
  atn libraries remove NAME
  atn environments [list]           locked Python environments of libraries
  atn environments build LIBRARY... | verify LOCK [--full] | clean [--unused-days N] [--dry-run]
  atn environments export LOCK FILE | import FILE      every wheel of a lock in one zip: needs no index where it is imported
  atn images [list] | show NAME | pin NAME | unpin NAME | remove NAME
  atn images import FILE|URL [--sha256 H] [--checksum-file FILE|URL] [--name NAME] [--revision R] [--category WORD]
        [--initrd FILE]... FILE is a kernel then; an image that machines start from; an address is fetched over cut connections and restarts
  atn images import KERNEL --initrd FILE...      a kernel with its initial RAM disks, to be started from the network
  atn images boot-config [--for dnsmasq|dhcpd|kea] | certificate
        what the lab's DHCP server is to say for starts from the network; what images are served with by HTTPS
  atn images clean [--unused-days N] [--dry-run]      removes what nobody needs; --dry-run only says what it would free
  atn suts [list] | show NAME | events NAME      machines: power, health, who has them; what happened to one
  atn suts add --file FILE [--dry-run]      machines of a CSV or YAML file; wrong lines keep none of the others
  atn suts export [--format csv|yaml] [--file FILE]      all machines, without secrets
  atn suts verify NAME              tries each capability
  atn suts power NAME on|off|cycle|reset|soft|status [--reason TEXT] [--yes]
  atn suts bootdev NAME none|pxe|disk|cdrom|usb|bios|http [--always] [--yes]
  atn suts media NAME [insert IMAGE | eject] [--drive D] [--yes]
  atn suts identify NAME [on|off] | inventory NAME | remove NAME
  atn suts maintenance|quarantine NAME [on|off] --reason TEXT
  atn suts sensors NAME | sel NAME [--clear] [--yes]
  atn suts discover RANGE... [--rate N] [--ipmi-port P] [--redfish-port P]
                                    searches for BMCs: 10.20.4.0/24, 10.20.4.10-40; N addresses a second
  atn suts console NAME [--yes]     Ctrl-] leaves. --yes: although a run or another holder feels it
  atn import-results PATH           an output.xml or output.json of another tool, or a folder of them, as runs
  atn triage [rules] | known TITLE --message PATTERN [--test PATTERN] [--sut NAME] [--issue ISSUE] | forget ID
        known failures: rules that explain failures of later runs; * stands for any characters
  atn triage show RUN | note RUN [--test NAME] [--comment TEXT] [--label LABEL] [--issue ISSUE]
  atn schedules [list] | remove NAME
  atn schedules add NAME --plan PLAN --cron "30 2 * * 1-5" [--zone Europe/Berlin] [--condition NAME] [--sut NAME]... [--missed skip|once|all]
        starts a plan by itself; --missed: what becomes of times at which the workbench was not running
  atn triggers [list] | rotate NAME | remove NAME | deliveries NAME
  atn triggers add NAME --plan PLAN [--proof token|signature] [--condition NAME] [--sut NAME]... [--allow-condition NAME]... [--allow-variable NAME]...
        lets a request start a plan: it needs the secret that add (or rotate) shows once; --allow: what it may say besides
  atn notifications [list] | remove NAME | test NAME | deliveries NAME
  atn notifications add NAME --url-file FILE [--chat] [--key-file FILE] [--on failed|regressed|fixed|always]... [--plan PLAN]
        tells a webhook or a chat of runs that have ended; FILE holds the address (- reads it from the input)
  atn notifications add NAME --smtp HOST[:PORT] --mail-from ADDRESS --mail-to ADDRESS[,ADDRESS...] [--smtp-user USER --key-file FILE]
        [--smtp-security tls|startTls|none] [--on WHAT]... [--plan PLAN]      tells by mail; FILE holds the password
  atn retention [show] | set [--run-days N] [--run-count N] [--run-bytes N] [--report-days N] [--record-days N]
               [--console-days N] [--nightly on|off]      what of old runs is kept; none takes a limit away
  atn retention preview | apply     what would go; removes it. What is marked important stays
  atn hub [status] | connect URL CODE | leave | retry      the shared server this harness is enrolled at, if any
  atn hub share NAME... | unshare NAME... | pause | resume | end-remote | moved
        who of the hub may ask for which machines; moved: this home is here now, and no copy of it is used
  atn hub allow-runs | forbid-runs  whether who holds a shared machine may run suites on this computer
  atn hub consoles nothing|read|write      what they may do with the consoles of machines that they hold
  atn hub bring nothing | [index] [files] [images=BYTES]  what they may bring besides suites: libraries of its index, wheels, images
  atn doctor [--thorough]           checks this computer, the lab around it and this home; thorough: every row and every kept file
  atn doctor --repair N [--yes]     says what the repair of check N will do, and does it; --yes where somebody would be hurt
  atn doctor --bundle FILE [--mask-names] [--test-content]     a zip for who helps, without secrets; says first what is in it
  atn serve [--port N]              serves the workbench on loopback until stopped

  RUN and ID are an id, the beginning of one, or "last".
  Everywhere: --home DIR (default: the home of the desktop app), --as NAME (acts for
  a colleague), --json, --demo (the demo lab on a throw-away
  home), --help, --version.
  Exit code of run, matrix, show, stop: 0 passed, 1 tests failed, 2 error or lost, 3 stopped, 64 wrong use.
`;
