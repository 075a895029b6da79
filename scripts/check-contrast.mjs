// The colours of src-renderer/kit/tokens.css in both themes: text on what it is drawn on 4.5:1, control borders and plot lines 3:1 (WCAG 1.4.3, 1.4.11).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/places.mjs';
import { script } from './lib/run.mjs';

const file = join(root, 'src-renderer/kit/tokens.css');
const surfaces = ['bg-app', 'bg', 'bg-sunken', 'bg-raised', 'bg-hover', 'bg-selected'];
const verdicts = ['passed', 'failed', 'error', 'skipped', 'notRun', 'stopped', 'lost', 'running'];
const health = ['reachable', 'degraded', 'unreachable', 'unknown', 'maintenance', 'quarantine'];

/** @type {Array<[string, string, number]>} text or line, surface, least ratio */
const pairs = [
  ...surfaces.flatMap((surface) => ['fg', 'fg-2', 'fg-3', 'accent'].map((text) => pair(text, surface, 4.5))),
  pair('on-ink', 'ink', 4.5),
  pair('on-accent', 'accent', 4.5),
  pair('fg', 'bg-console', 4.5),
  ...verdicts.flatMap((verdict) => [
    pair(`v-${verdict}`, 'bg', 4.5),
    pair(`v-${verdict}`, `v-${verdict}-bg`, 4.5),
    pair('on-verdict', `v-${verdict}`, 4.5),
  ]),
  ...health.map((state) => pair(`h-${state}`, 'bg', 3)),
  pair('line-control', 'bg', 3),
];

await script(async () => {
  const css = readFileSync(file, 'utf8');
  const [light = new Map(), dark = new Map()] = [themeOf(css, 'light'), themeOf(css, 'dark')];
  const problems = [...problemsOf('light', light), ...problemsOf('dark', new Map([...light, ...dark]))];
  if (problems.length > 0) throw new Error(problems.join('\n'));
});

/** @param {string} text @param {string} surface @param {number} least @returns {[string, string, number]} */
function pair(text, surface, least) {
  return [text, surface, least];
}

/** @param {string} css @param {string} theme @returns {Map<string, string>} */
function themeOf(css, theme) {
  const block = new RegExp(`\\[data-mantine-color-scheme=["']${theme}["']\\][^{]*\\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  return new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\b/gi)].map(([, name = '', value = '']) => [name, value]));
}

/** @param {string} theme @param {Map<string, string>} colours */
function problemsOf(theme, colours) {
  return pairs.flatMap(([text, surface, least]) => {
    const [a, b] = [colours.get(text), colours.get(surface)];
    if (!a || !b) return [`${theme}: --${a ? surface : text} has no colour`];
    const ratio = contrast(a, b);
    return ratio >= least ? [] : [`${theme}: --${text} on --${surface} has ${ratio.toFixed(2)}:1, needs ${least}:1`];
  });
}

/** @param {string} a @param {string} b */
function contrast(a, b) {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(/** @type {string} */ colour) {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => linear(parseInt(colour.slice(at, at + 2), 16) / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function linear(/** @type {number} */ value) {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
