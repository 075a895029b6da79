/** A whole turn takes 2.4 s in steps of 15 degrees. */
const STEP_MS = 100;
const STEPS = 24;

const turning = new Set<SVGSVGElement>();
let timer: ReturnType<typeof setInterval> | null = null;

const angle = (): string => `rotate(${(Math.floor(Date.now() / STEP_MS) % STEPS) * (360 / STEPS)}deg)`;

function step(): void {
  const now = angle();
  for (const element of turning) element.style.transform = now;
}

/**
 * Turns a picture for as long as it stands (a `ref`). One timer turns all of them a step at a time: an animation of the style sheet, however few steps it
 * has, has the page made anew sixty times a second, beside a run that wants the processor.
 */
export function turn(element: SVGSVGElement): () => void {
  turning.add(element);
  element.style.transform = angle();
  timer ??= setInterval(step, STEP_MS);
  return () => {
    turning.delete(element);
    if (turning.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}
