import { useSuts } from '../../state/suts.ts';

export function useSutCount(): number {
  return useSuts((state) => state.order.length);
}
