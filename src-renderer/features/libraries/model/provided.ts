/** What every run has without anybody adding it: the workbench's own keywords, and those that come with Robot Framework. */
export interface Provided {
  readonly name: string;
  readonly from: 'the workbench' | 'Robot Framework';
  readonly about: string;
}

const ROBOT: readonly (readonly [string, string])[] = [
  ['BuiltIn', 'Verifying, converting, running keywords under conditions; needs no import'],
  ['Collections', 'Lists and dictionaries'],
  ['DateTime', 'Dates, times and what lies between them'],
  ['OperatingSystem', 'Files, folders and environment variables'],
  ['Process', 'Starting programs and waiting for them'],
  ['Screenshot', 'Pictures of the screen of this computer'],
  ['String', 'Texts: splitting, replacing, comparing'],
  ['Telnet', 'A Telnet connection'],
  ['XML', 'Reading, checking and changing XML'],
];

export const PROVIDED: readonly Provided[] = [
  {
    name: 'ATN',
    from: 'the workbench',
    about: 'Power, boot device, images, sensors, event log and console of the machines that a run has',
  },
  ...ROBOT.map(([name, about]) => ({ name, about, from: 'Robot Framework' as const })),
];

/** In place of an id of the registry, which begins with a digit or a letter from a to f. */
export const providedId = ({ name }: Pick<Provided, 'name'>): string => `in-every-run-${name}`;
