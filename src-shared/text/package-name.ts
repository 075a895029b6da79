/** How indexes compare names of packages (PEP 503): `Robot_Framework` and `robot.framework` are one. */
export function normalName(name: string): string {
  return name.replaceAll(/[-_.]+/gu, '-').toLowerCase();
}
