import { z } from 'zod';
import type { AnswerProblem } from './problem.ts';
import { checkShape, readShaped } from './shape.ts';

/** Versions of its specification that installers in use know; Flatcar still reads those that begin with 2. */
const VERSION = /^(?:2\.[0-4]\.0|3\.[0-6]\.0(?:-experimental)?)$/u;

const absolute = z.string('It takes a path.').startsWith('/', 'It takes a whole path, from / on.');
const MOST_MODE = 0o7777;
const place = z.looseObject({
  path: absolute,
  mode: z
    .int('It takes a whole number: 420 is what chmod calls 644.')
    .min(0)
    .max(MOST_MODE, 'It is too large. JSON takes decimal numbers: 420 is what chmod calls 644.')
    .optional(),
});

const Config = z.looseObject(
  {
    ignition: z.looseObject(
      {
        version: z
          .string('The version of the specification is a text, such as "3.4.0".')
          .regex(VERSION, 'Installers know the specification from 3.0.0 to 3.6.0, and from 2.0.0 to 2.4.0.'),
      },
      'It takes the version of the specification, such as { "version": "3.4.0" }.',
    ),
    passwd: z
      .looseObject({
        users: z
          .array(
            z.looseObject({
              name: z.string('A user has a name.').min(1, 'A user has a name.'),
              sshAuthorizedKeys: z.array(z.string(), 'It takes a list of texts.').optional(),
            }),
            'It takes a list of users.',
          )
          .optional(),
      })
      .optional(),
    storage: z
      .looseObject({
        files: z.array(place, 'It takes a list of files.').optional(),
        directories: z.array(place, 'It takes a list of directories.').optional(),
        links: z.array(z.looseObject({ path: absolute }), 'It takes a list of links.').optional(),
        disks: z.array(z.looseObject({ device: absolute }), 'It takes a list of disks.').optional(),
      })
      .optional(),
    systemd: z
      .looseObject({
        units: z
          .array(
            z.looseObject({
              name: z.string('A unit has a name.').regex(/\.\w+$/u, 'The name of a unit has an ending, such as .service.'),
              enabled: z.boolean('It takes true or false.').optional(),
              contents: z.string('It takes a text.').optional(),
            }),
            'It takes a list of units.',
          )
          .optional(),
      })
      .optional(),
  },
  'It takes names with values, ignition among them.',
);

export function checkIgnition(text: string): AnswerProblem[] {
  const broken = checkJson(text);
  if (broken.length > 0) return broken;
  const shaped = readShaped(text);
  return Array.isArray(shaped) ? shaped : checkShape(shaped, Config);
}

/** Where JSON is none: in the first line with which it could not go on to become some. */
export function checkJson(text: string): AnswerProblem[] {
  const whole = problemOf(text);
  if (whole === null) return [];
  const lines = text.split('\n');
  const index = lines.findIndex((_line, at) => {
    const beginning = lines.slice(0, at + 1).join('\n');
    const problem = problemOf(beginning);
    return problem !== null && !isUnfinished(problem, beginning);
  });
  return [{ line: index === -1 ? lines.length : index + 1, message: index === -1 ? 'It ends before it is whole.' : 'This is no JSON.' }];
}

/** What is missing is missing at its end. */
function isUnfinished(problem: string, beginning: string): boolean {
  const position = /at position (\d+)/u.exec(problem)?.[1];
  return (
    /end of JSON input|Unterminated string/iu.test(problem) || (position !== undefined && Number(position) >= beginning.trimEnd().length)
  );
}

function problemOf(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
