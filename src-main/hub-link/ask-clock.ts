export interface HubAnswer {
  tookMs: number;
  /** UTC ms by the hub's clock when it answered, to the second; null where it does not tell. */
  at: number | null;
}

/** Whether a hub answers at all, without the link, and what time it has. Rejects with what went wrong on the way. */
export async function askClock(url: string, signal: AbortSignal): Promise<HubAnswer> {
  const began = performance.now();
  const response = await fetch(new URL('/health', url), { redirect: 'error', signal });
  await response.arrayBuffer();
  const tookMs = performance.now() - began;
  if (!response.ok) throw new Error(`It answers with the status ${response.status}.`);
  const at = Date.parse(response.headers.get('date') ?? '');
  return { tookMs, at: Number.isNaN(at) ? null : at };
}
