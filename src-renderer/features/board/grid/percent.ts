/** A share of the board's width as CSS; what lies outside is cut at its edge. */
export function percent(share: number): string {
  return `${Math.min(100, Math.max(0, share * 100)).toFixed(4)}%`;
}
