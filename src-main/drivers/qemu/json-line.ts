export type JsonLine = Readonly<Record<string, unknown>>;

export const isJson = (value: unknown): value is JsonLine => typeof value === 'object' && value !== null;
