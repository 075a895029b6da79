export { changesSince, type RecordChanges, type RecordCursor } from './changes.ts';
export { itemKinds, itemStatuses, messageLevels, type ItemKind, type ItemStatus, type MessageLevel } from './codes.ts';
export { consoleSize, readConsole, type ConsolePart } from './console.ts';
export { copyRecord } from './copy.ts';
export { failures, firstFailure } from './failures.ts';
export { find, type FindOptions, type FindResult } from './find.ts';
export { children, item, pathTo } from './items.ts';
export { applyLane, laneAfter, laneStart, type LaneCursor, type LaneItem, type LaneMessage, type LanePart } from './lane.ts';
export { errors, messages } from './messages.ts';
export { counts, metaValue, readMeta, suiteMetadata } from './meta.ts';
export {
  closeRecord,
  openRecord,
  RecordError,
  recordSchema,
  sealRecord,
  type OpenRecordOptions,
  type RecordErrorCode,
  type RecordReader,
} from './open.ts';
export { testResults, type RecordTestResult } from './results.ts';
export type { Page, RecordCounts, RecordFailure, RecordItem, RecordMessage, RecordMeta } from './types.ts';
export { countsView, failureView, itemView, messageView, stretchView } from './views.ts';
export { itemsWithin, type Stretch, type StretchItem, type StretchResult } from './within.ts';
export {
  closeWriter,
  createRecord,
  inOneBatch,
  putItems,
  putMessages,
  reopenRecord,
  setMeta,
  type NewItem,
  type NewMessage,
  type RecordWriter,
} from './writer.ts';
