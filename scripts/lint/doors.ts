import type { Linter } from 'eslint';

/** A library or built-in module that only one place may touch, and what everybody else does instead. */
interface Door {
  modules: string[];
  /** The places that may. */
  only: string[];
  instead: string;
}

export const doors: Door[] = [
  {
    modules: ['electron', 'electron/*'],
    only: ['src-main/desktop/**', 'e2e/**'],
    instead: 'Electron is touched in src-main/desktop only; the core must run under plain Node. Add a procedure to the desktop contract.',
  },
  {
    modules: ['better-sqlite3'],
    only: ['src-main/store/**', 'packages/run-record/**', 'src-hub/store/**'],
    instead: 'SQL lives in src-main/store (one query file an aggregate) and packages/run-record. Add a query function there.',
  },
  {
    modules: ['kysely', 'pg'],
    only: ['src-hub/**'],
    instead: 'A harness keeps its facts in src-main/store. Kysely is for the hub, whose store may be PostgreSQL.',
  },
  {
    modules: ['fastify', '@fastify/*'],
    only: ['src-hub/app/**'],
    instead: 'The HTTP server of the hub is made in src-hub/app; what it serves is a procedure of the contract.',
  },
  {
    modules: ['openid-client'],
    only: ['src-hub/people/**'],
    instead: 'The outside provider of sign-in is asked in src-hub/people/provider.ts only.',
  },
  {
    modules: ['hash-wasm'],
    only: ['src-hub/people/**'],
    instead: 'Passwords are hashed in src-hub/people/passwords.ts only.',
  },
  {
    modules: ['croner'],
    only: ['src-main/services/schedules/**'],
    instead: 'When a schedule is due is worked out in src-main/services/schedules/due-times.ts only.',
  },
  {
    modules: ['piscina'],
    only: ['src-main/workers/**'],
    instead: 'Worker threads are started in src-main/workers/pool only, which supervises them. Add a job file and a function there.',
  },
  {
    modules: ['liquidjs'],
    only: ['src-main/services/provisioning/**'],
    instead: 'Templates are rendered by services/provisioning/answers/render-answers.ts, which limits what they may do and cost.',
  },
  {
    modules: ['ssh2'],
    only: ['src-main/drivers/ssh/**', 'e2e/lab/**'],
    instead: 'SSH is a driver: src-main/drivers/ssh. Ask for a capability instead.',
  },
  {
    modules: ['ipmi-js', 'ipmi-js/*'],
    only: ['src-main/drivers/ipmi/**', 'src-main/drivers/simulated/**', 'packages/ipmi-js/**', 'e2e/**', 'bench/**'],
    instead: 'IPMI is a driver: src-main/drivers/ipmi. Ask for a capability instead.',
  },
  {
    modules: ['nodemailer'],
    only: ['src-main/services/notifications/**'],
    instead: 'Mail is a notification: services/notifications.',
  },
  {
    modules: ['undici'],
    only: ['src-main/drivers/redfish/**', 'src-main/services/images/**', 'e2e/**'],
    instead: 'HTTP to machines and image sources goes through drivers/redfish or services/images, which pin certificates and limit sizes.',
  },
  {
    modules: ['socket.io-client'],
    only: ['src-main/hub-link/**', 'e2e/**'],
    instead: 'The hub is reached through src-main/hub-link and its outbox only.',
  },
  {
    modules: ['socket.io', '@socket.io/*'],
    only: ['src-hub/links/**'],
    instead: 'Harnesses are linked in src-hub/links only, which lets a message count only in its session.',
  },
  {
    modules: ['react-markdown', 'remark-gfm'],
    only: ['src-renderer/features/help/**'],
    instead: 'Markdown is shown by src-renderer/features/help only, which lets its links lead nowhere but to the guide.',
  },
  {
    modules: ['tus-js-client'],
    only: ['src-renderer/hub/**', 'src-hub/**'],
    instead: 'Files are brought to a hub by src-renderer/hub/upload-file.ts only.',
  },
  {
    modules: ['@tus/*'],
    only: ['src-hub/uploads/**'],
    instead: 'Uploads are taken in src-hub/uploads only, which knows who may bring how much.',
  },
  {
    modules: ['node:child_process', 'child_process'],
    only: [
      'src-main/robot/**',
      'src-main/tools/**',
      'src-main/drivers/qemu/**',
      'src-main/drivers/command/**',
      'packages/**',
      'scripts/**',
      'e2e/**',
      'bench/**',
    ],
    instead: 'Processes are started in src-main/robot, src-main/tools and two drivers only, which end them again.',
  },
];

const sharedGlobals = ['process', 'Buffer', 'window', 'document', 'setTimeout', 'setInterval', 'fetch', 'console', '__dirname', 'require'];

type Files = NonNullable<Linter.Config['files']>;

const ban = (files: Files, closed: Door[]): Linter.Config => ({
  files,
  rules: {
    'no-restricted-imports': ['error', { patterns: closed.map(({ modules, instead }) => ({ group: modules, message: instead })) }],
  },
});

const everywhere = ['src-*/**', 'packages/**', 'e2e/**', 'bench/**', 'scripts/**'];
/** Wider places first: of two rules for one file the later one counts. */
const places = [...new Set([...everywhere, ...doors.flatMap(({ only }) => only)])].sort((a, b) => a.length - b.length);
/** A test may start processes and be the other side of a connection: they are what it tests with. */
const testing = ['node:child_process', 'ipmi-js', 'ssh2', 'undici'];
const inTests = (door: Door) => !door.modules.some((name) => testing.includes(name));

export const doorRules: Linter.Config[] = [
  ...places.flatMap((place) => {
    const closed = doors.filter((door) => !opens(door, place));
    return [ban([`${place}/*.{ts,tsx}`], closed), ban([[`${place}/*`, '**/*.test.{ts,tsx}']], closed.filter(inTests))];
  }),
  {
    files: ['src-shared/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...sharedGlobals.map((name) => ({ name, message: 'src-shared is pure: no Node, no DOM, no clock of its own. Pass it in.' })),
      ],
    },
  },
];

/** A place inside an allowed place is allowed as well: packages/ipmi-js is inside packages. */
function opens(door: Door, place: string): boolean {
  return door.only.some((allowed) => allowed === place || (allowed.endsWith('/**') && place.startsWith(allowed.slice(0, -2))));
}
