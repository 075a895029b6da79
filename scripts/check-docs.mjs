// Fails when a document names a path or an npm script that does not exist. Looked at: `code spans` and relative links of every .md file.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { root } from './lib/places.mjs';
import { script } from './lib/run.mjs';

const skipped = new Set(['node_modules', 'out', 'dist', 'test-results', 'fixtures']);
const folders = 'src-shared|src-main|src-renderer|src-hub|packages|resources|e2e|bench|scripts|docs|\\.ci';

await script(async () => {
  const documents = documentsIn('.');
  const scripts = new Set(Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts));
  const problems = documents.flatMap((document) => problemsOf(document, scripts));
  if (problems.length > 0) throw new Error(problems.join('\n'));
});

/** @param {string} folder @returns {string[]} */
function documentsIn(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name.startsWith('.') || skipped.has(entry.name) ? [] : documentsIn(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

/** @param {string} document @param {Set<string>} scripts */
function problemsOf(document, scripts) {
  const text = readFileSync(join(root, document), 'utf8');
  const own = scriptsBeside(document);
  const missing = [...namedPaths(text), ...linkedPaths(text, document)].filter((path) => !exists(path));
  const unknown = namedScripts(text).filter((name) => !scripts.has(name) && !own.has(name));
  return [
    ...missing.map((path) => `${document} names ${path}, which does not exist`),
    ...unknown.map((name) => `${document} names npm run ${name}, which does not exist`),
  ];
}

/** Paths in code spans that begin with a folder of the repository; placeholders and patterns are checked up to them. */
function namedPaths(/** @type {string} */ text) {
  const spans = [...text.matchAll(/`([^`\n]+)`/g)].map(([, span]) => span ?? '');
  return spans.filter((span) => new RegExp(`^(${folders})/`).test(span)).map((span) => span.replace(/[:#].*$/, '').replace(/\s.*$/, ''));
}

/** @param {string} text @param {string} document */
function linkedPaths(text, document) {
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => (target ?? '').replace(/#.*$/, ''));
  const local = targets.filter((target) => target !== '' && !/^[a-z]+:/.test(target));
  return local.map((target) => relative(root, resolve(root, dirname(document), target)));
}

function namedScripts(/** @type {string} */ text) {
  return [...text.matchAll(/npm run (?:--silent |-s )?([a-z][\w:-]*)/g)].map(([, name]) => name ?? '');
}

/** A package has scripts of its own. @param {string} document @returns {Set<string>} */
function scriptsBeside(document) {
  const file = join(root, dirname(document), 'package.json');
  return new Set(existsSync(file) ? Object.keys(JSON.parse(readFileSync(file, 'utf8')).scripts ?? {}) : []);
}

/** `a/<name>/b`, `a/*.ts` and `a/{x,y}.ts` exist when the folder before the placeholder does. */
function exists(/** @type {string} */ path) {
  const fixed = path.split(/[<*{]|NNNN|\.\.\./)[0] ?? '';
  return existsSync(join(root, fixed === path ? path : dirname(`${fixed}x`)));
}
