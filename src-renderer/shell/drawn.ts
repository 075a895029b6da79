/** How long a page that nobody sees, which draws nothing, is waited for, in milliseconds. */
const PATIENCE = 500;

/** When the page has drawn its first frame and rests. The app's harness comes up when it is asked for, on the cores that draw the frame. */
export function drawn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, PATIENCE);
    requestAnimationFrame(() => requestIdleCallback(() => resolve()));
  });
}
