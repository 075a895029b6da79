import { contentPath } from '@atn/content-store';
import { readFile } from 'node:fs/promises';
import { Timeline, TIMELINE_FILE } from '../../src-shared/model/timeline.ts';
import { needRun } from './list-runs.ts';
import type { ReportFiles } from './report-files.ts';
import type { HubRunServices } from './run-services.ts';

/** As the lab published it. Before that, or where no machine took part, the time of the run alone: its tests have times of their own. */
export async function readTimeline(services: HubRunServices, files: ReportFiles, id: string): Promise<Timeline> {
  const { startedAt, createdAt, endedAt } = await needRun(services, id);
  const found = (await files.artefacts(id)).find(({ path }) => path === TIMELINE_FILE);
  if (found?.sha256 != null) {
    const text = await readFile(contentPath(services.content, found.sha256), 'utf8');
    const read = Timeline.safeParse(asJson(text));
    if (read.success) return read.data;
  }
  return { from: startedAt ?? createdAt, to: endedAt ?? services.now(), machines: [] };
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
