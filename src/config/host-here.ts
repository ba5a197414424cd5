/** How this machine reaches a server bound to `host`, as a URL spells it. */
export function hostHere(host: string): string {
  const here = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return here.includes(':') ? `[${here}]` : here;
}
