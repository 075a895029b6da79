import type { Database } from 'better-sqlite3';

/** Handles are told apart by type: a query function says by its first parameter whether it writes. */
export type ReadableStore = Database & { readonly __access?: 'read' | 'write' };
export type WritableStore = Database & { readonly __access: 'write' };
