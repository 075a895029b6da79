export { contentTypeOf, type ContentType } from './content-type.ts';
export { ContentError, type ContentErrorCode } from './errors.ts';
export { foreignHeaders, framePage, type Treatment } from './foreign-headers.ts';
export { guardedPage } from './guarded-page.ts';
export { listInterrupted, openJournal, type AddingJournal } from './journal.ts';
export { put, type ContentSource, type PutOptions, type StoredContent } from './put.ts';
export { has, list, openContent, remove, sizeOf, usage, verify, type ByteRange, type ContentUsage } from './read.ts';
export { contentPath, openContentStore, removeStale, type ContentStore } from './store.ts';
