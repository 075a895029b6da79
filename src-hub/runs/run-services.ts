import type { ContentStore } from '@atn/content-store';
import { join } from 'node:path';
import type { LinkServices } from '../links/link-services.ts';
import type { OpenRecords } from './open-records.ts';

/** What runs at labs work with here. */
export interface HubRunServices extends LinkServices {
  /** Files by hash: test data that came, reports that were published. */
  content: ContentStore;
  /** Copies of records while their runs go on, a folder each. */
  folder: string;
  records: OpenRecords;
}

export const liveRecord = ({ folder }: Pick<HubRunServices, 'folder'>, id: string): string => join(folder, id, 'record.db');
export const liveConsole = ({ folder }: Pick<HubRunServices, 'folder'>, id: string): string => join(folder, id, 'console.txt');
