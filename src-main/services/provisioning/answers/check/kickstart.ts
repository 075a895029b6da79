import { meant, type AnswerProblem } from './problem.ts';

/** What installers of Fedora and its relatives know, old ones included. */
const COMMANDS = new Set(
  (
    'auth authconfig authselect autopart autostep bootc bootloader btrfs cdrom clearpart cmdline device deviceprobe dmraid driverdisk eula fcoe firewall ' +
    'firstboot graphical group halt harddrive hmc ignoredisk install interactive iscsi iscsiname key keyboard lang langsupport lilo lilocheck liveimg logging ' +
    'logvol mediacheck method module monitor mount mouse multipath network nfs nvdimm ostreecontainer ostreesetup part partition poweroff raid rdp realm ' +
    'reboot repo reqpart rescue rhsm rootpw selinux services shutdown skipx snapshot sshkey sshpw stratisfs stratispool syspurpose text timesource timezone ' +
    'unsupported_hardware updates upgrade url user vnc volgroup xconfig zerombr zfcp zipl'
  ).split(' '),
);
const SECTIONS = ['%packages', '%pre', '%pre-install', '%post', '%onerror', '%traceback', '%addon', '%anaconda', '%certificate'];
const LINES = ['%include', '%ksappend'];

/** ESXi calls its file the same; its sections have no end of their own. */
const ESXI_COMMANDS = new Set(
  'accepteula vmaccepteula clearpart dryrun install installorupgrade upgrade keyboard network paranoid part partition reboot rootpw serialnum vmserialnum'.split(
    ' ',
  ),
);
const ESXI_SECTIONS = ['%pre', '%post', '%firstboot'];

interface Rules {
  commands: ReadonlySet<string>;
  sections: readonly string[];
  endsSections: boolean;
}

/** Commands that nobody knows, sections that do not end, quotes that are not closed. */
export function checkKickstart(text: string): AnswerProblem[] {
  const isEsxi = /^\s*(?:vm)?accepteula\b/mu.test(text);
  const rules: Rules = isEsxi
    ? { commands: ESXI_COMMANDS, sections: ESXI_SECTIONS, endsSections: false }
    : { commands: COMMANDS, sections: SECTIONS, endsSections: true };
  const problems: AnswerProblem[] = [];
  let open: { name: string; line: number } | null = null;
  for (const [index, content] of text.split(/\r?\n/u).entries()) {
    const line = index + 1;
    const [word = ''] = content.trim().split(/\s/u, 1);
    if (open !== null && rules.endsSections) {
      if (word === '%end') open = null;
      else if (rules.sections.includes(word)) {
        problems.push({ line, message: `${open.name} of line ${open.line} has no %end before this.` });
        open = { name: word, line };
      }
    } else if (rules.sections.includes(word)) open = { name: word, line };
    else if (open === null) {
      const message = problemOf(word, content, rules);
      if (message !== null) problems.push({ line, message });
    }
  }
  if (open !== null && rules.endsSections) problems.push({ line: open.line, message: `${open.name} has no %end.` });
  if (isEsxi && !/^\s*rootpw\s+\S/mu.test(text))
    problems.push({
      line: null,
      message: 'There is no password: ESXi installs nothing without rootpw. Give the SUT the secret field that it names.',
    });
  return problems;
}

function problemOf(word: string, content: string, { commands, sections, endsSections }: Rules): string | null {
  if (word === '' || word.startsWith('#') || LINES.includes(word)) return null;
  if (word === '%end') return endsSections ? 'Here is no section that could end.' : null;
  if (!commands.has(word)) {
    const other = meant(word, [...commands, ...sections]);
    return `No installer knows ${word}.${other === null ? '' : ` Is ${other} meant?`}`;
  }
  // How ESXi reads quotes is written nowhere.
  return endsSections && hasOpenQuote(content) ? 'A quote is not closed.' : null;
}

/** As a shell reads a line: what follows a # is a comment, a backslash takes the next character as it is. */
function hasOpenQuote(content: string): boolean {
  let quote = '';
  for (let at = 0; at < content.length; at += 1) {
    const character = content.charAt(at);
    if (character === '\\' && quote !== "'") at += 1;
    else if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '#' && /\s/u.test(content.charAt(at - 1))) return false;
  }
  return quote !== '';
}
