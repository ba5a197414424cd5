import type { FastifyInstance } from 'fastify';

/** Map tiles, styles and usage events of mapbox-gl, which a configured token turns on. */
const mapbox = ['https://*.mapbox.com'];

/** Headers of every answer. The page loads nothing from anywhere else, unless Mapbox is configured. */
export function addSecurityHeaders(server: FastifyInstance, hasMapbox: boolean): void {
  const others = hasMapbox ? mapbox : [];
  const policy = [
    "default-src 'self'",
    // The reader of bar codes is WebAssembly, from this server; no text is ever run as script.
    "script-src 'self' 'wasm-unsafe-eval'",
    // Svelte sets style attributes; the map engine makes its worker and its images from blobs.
    "style-src 'self' 'unsafe-inline'",
    ["img-src 'self' data: blob:", ...others].join(' '),
    "worker-src 'self' blob:",
    ["connect-src 'self'", ...others].join(' '),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
  server.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
    });
  });
}
