// A reporter of Vitest that keeps what a person looks for after a long run: which tests failed, which only passed at the second try, what
// nobody caught. Beside the counts of the JSON reporter, which does not tell the second and the third.
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { root } from './places.mjs';

/** @typedef {{ failed: string[], flaky: string[] }} Troubles */

/** Writes them as JSON into the file that ATN_TROUBLES names. */
export default class TroublesReporter {
  /** @param {readonly import('vitest/node').TestModule[]} modules @param {readonly { message?: string }[]} uncaught */
  onTestRunEnd(modules, uncaught) {
    /** @type {Troubles} */
    const troubles = { failed: [], flaky: [] };
    for (const each of modules) {
      const place = relative(root, each.moduleId);
      for (const error of each.errors()) troubles.failed.push(`${place}: ${firstLine(error.message)}`);
      for (const suite of each.children.allSuites()) {
        for (const error of suite.errors()) troubles.failed.push(`${place} › ${suite.fullName}: ${firstLine(error.message)}`);
      }
      for (const test of each.children.allTests()) {
        const line = () => `${place} › ${test.fullName}: ${firstLine(test.result().errors?.[0]?.message)}`;
        if (test.result().state === 'failed') troubles.failed.push(line());
        else if (test.diagnostic()?.flaky) troubles.flaky.push(line());
      }
    }
    for (const error of uncaught) troubles.failed.push(`nobody caught: ${firstLine(error.message)}`);
    writeFileSync(process.env['ATN_TROUBLES'] ?? '', JSON.stringify(troubles));
  }
}

/** @param {string} [text] */
function firstLine(text) {
  return text?.split('\n', 1)[0] ?? '';
}
