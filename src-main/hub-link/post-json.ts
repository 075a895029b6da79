const PATIENCE_MS = 15_000;
const MOST_BYTES = 100_000;

/** The status and the parsed answer; rejects where nobody answers, or not with JSON. */
export async function postJson(url: string, message: unknown): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(message),
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const text = await response.text();
  if (text.length > MOST_BYTES) throw new Error('The answer is too long.');
  return { status: response.status, body: JSON.parse(text) as unknown };
}
