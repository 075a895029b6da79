const ESCAPE = String.fromCharCode(27);
const BELL = String.fromCharCode(7);

// CSI sequences (colours, cursor), OSC sequences (titles, clipboard) up to their end or that of the line, and two-character escapes: none of them is obeyed.
const SEQUENCES = new RegExp(
  `${ESCAPE}(?:\\[[0-9;:?<=>!]*[ -/]*[@-~]|\\][^${BELL}${ESCAPE}\n]*(?:${BELL}|${ESCAPE}\\\\)?|[@-Z\\\\^_]|[ -/]+[0-~])`,
  'gu',
);
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/gu;

/** Console output as plain lines: escape sequences leave, a carriage return begins its line anew, other control characters become dots. As many lines as in `text`. */
export function consoleLines(text: string): string[] {
  return text
    .replace(SEQUENCES, '')
    .replace(/\r+\n/gu, '\n')
    .split('\n')
    .map((line) => lastWriting(line).replace(CONTROLS, '·'));
}

/** A progress bar writes over itself: what stands last is what a terminal would show. */
function lastWriting(line: string): string {
  if (!line.includes('\r')) return line;
  return line.split('\r').reduce((shown, part) => part + shown.slice(part.length), '');
}
