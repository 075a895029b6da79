// Who may import whom (ADR 0001). Each rule says why; a new leaf or process gets its line here, in the same change.
const leaves = 'src-main/(store|robot|drivers|hub-link|tools)/';
const tests = '\\.(test|bench|gate)\\.tsx?$';

/**
 * A rule in one line: files matching `from` never import files matching `to`.
 * @param {string} name @param {string} comment @param {object} from @param {object} to
 */
const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from: { pathNot: tests, ...from }, to });

export default {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one file, or lack a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    never(
      'shared-is-pure',
      'src-shared is what every process agrees on: only zod and the contract library, nothing of a platform.',
      { path: '^src-shared/' },
      { pathNot: ['^src-shared/', 'node_modules/(zod|@orpc)/'] },
    ),
    never(
      'renderer-sees-shared-only',
      'The renderer mirrors feeds; whatever it needs of a process is a procedure of the contract.',
      { path: '^src-renderer/' },
      { path: '^(src-main|src-hub|packages|e2e|bench|scripts)/' },
    ),
    never(
      'features-are-islands',
      'A feature that imports another cannot be changed alone; what two need moves to kit, state or shell.',
      { path: '^src-renderer/features/([^/]+)/' },
      { path: '^src-renderer/features/([^/]+)/', pathNot: '^src-renderer/features/$1/' },
    ),
    never(
      'kit-is-dumb',
      'Parts of the kit get everything as properties, so that every feature can use them.',
      { path: '^src-renderer/kit/' },
      { path: '^src-renderer/(features|shell|state|bridge)/' },
    ),
    never(
      'leaves-are-apart',
      'Store, robot, drivers, tools and hub-link each hide one outside world; services join them.',
      { path: `^${leaves}` },
      { path: `^${leaves}`, pathNot: '^src-main/$1/' },
    ),
    never(
      'leaves-know-no-service',
      'A leaf is used, it does not use: what reaches a service from outside comes by a callback that compose.ts joins.',
      { path: `^${leaves}` },
      { path: '^src-main/(services|api|desktop|headless|loopback)/|^src-main/compose' },
    ),
    never(
      'services-know-no-face',
      'The same services serve window, command line and REST.',
      { path: '^src-main/services/' },
      { path: '^src-main/(api|desktop|headless|loopback)/|^src-main/compose' },
    ),
    never(
      'api-has-no-logic',
      'A procedure calls a service; one that reaches a leaf has begun to decide.',
      { path: '^src-main/api/' },
      { path: `^(${leaves}|src-main/(desktop|headless|loopback|workers)/)` },
    ),
    never(
      'faces-go-through-compose',
      'Faces start a harness and pass its router on; they know neither services nor leaves.',
      { path: '^src-main/(desktop|headless|loopback)/' },
      { path: `^(${leaves}|src-main/(api|workers)/|src-main/services/(?!caller|home/))` },
    ),
    never(
      'faces-are-apart',
      'Plain Node must run without Electron, and the window without the command line.',
      { path: '^src-main/desktop/' },
      { path: '^src-main/headless/' },
    ),
    never(
      'electron-stays-in-desktop',
      'Everything but src-main/desktop runs under plain Node.',
      { path: '^(src-|packages/)', pathNot: ['^src-main/desktop/', tests] },
      { path: '^electron$|node_modules/electron/' },
    ),
    never(
      'jobs-leave-the-store-alone',
      'One process writes the store, one thread of it; a job gets what it needs and answers.',
      { path: '^src-main/workers/.+\\.job\\.ts$' },
      { path: '^src-main/(store|services|api)/' },
    ),
    never(
      'hub-sees-no-main',
      'The hub is another program on another machine; what both need is shared or a package.',
      { path: '^src-hub/' },
      { path: '^(src-main|src-renderer)/' },
    ),
    never(
      'main-sees-no-hub',
      'A harness knows the hub by its contract alone.',
      { path: '^src-main/' },
      { path: '^(src-hub|src-renderer)/' },
    ),
    never(
      'packages-stand-alone',
      'A package could be published: it knows nothing of the application.',
      { path: '^packages/' },
      { path: '^(src-|e2e/|bench/|scripts/)' },
    ),
    never(
      'packages-know-no-other-folder',
      'One package uses another by its name, never by a path into it.',
      { path: '^packages/([^/]+)/' },
      { path: '^packages/([^/]+)/', pathNot: '^packages/$1/' },
    ),
    never('tests-are-not-used', 'What a program imports is not a test.', { path: '^(src-|packages/)' }, { path: tests }),
    never(
      'not-in-lock-file',
      'Everything imported is declared in a package.json.',
      { path: '^(src-|packages/|scripts/)' },
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
    never(
      'no-unresolvable',
      'An import that resolves to nothing breaks only when it is reached.',
      { path: '^(src-|packages/|scripts/)' },
      { couldNotResolve: true, pathNot: '\\?(modulePath|asset)$' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(out|dist|\\.tsbuild|\\.out-[^/]+)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
    },
    cache: { folder: '.tsbuild/dependency-cruiser', strategy: 'content' },
  },
};
