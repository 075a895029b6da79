import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from '../base.ts';

/** What only the desktop face can do. The headless face does not serve it; the renderer asks `system.info` which face it has. */
export const desktop = {
  pickFolder: procedure.output(z.object({ path: z.string().nullable() })),
  pickFile: procedure
    .input(z.object({ title: z.string(), extensions: z.array(z.string()) }))
    .output(z.object({ path: z.string().nullable() })),
  /** Several at once; none when the person left. */
  pickFiles: procedure
    .input(z.object({ title: z.string(), extensions: z.array(z.string()) }))
    .output(z.object({ paths: z.array(z.string()) })),
  pickSavePath: procedure.input(z.object({ suggestedName: z.string() })).output(z.object({ path: z.string().nullable() })),
  showInFolder: procedure.input(z.object({ path: z.string() })).output(z.object({ shown: z.boolean() })),
  /** Loopback report addresses open at once; https links only after the person agreed; all else is refused. */
  openExternal: procedure.input(z.object({ url: z.url() })).output(z.object({ opened: z.boolean() })),
  window: procedure.input(z.object({ action: z.enum(['minimise', 'maximise', 'close']) })).output(z.object({ maximised: z.boolean() })),
  /** Present state first: whether the window is maximised or has the focus; and addresses that the shell asks to go to. */
  watchWindow: procedure.output(eventIterator(z.object({ maximised: z.boolean(), focused: z.boolean(), goTo: z.string().nullable() }))),
};
