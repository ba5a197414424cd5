import { gunzipSync } from 'node:zlib';
import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { compressAnswers } from '../../src/http/compress';

const many = { assets: Array.from({ length: 2_000 }, (_, i) => ({ id: `pump-${i}`, name: `Infusion pump ${i}` })) };

function server() {
  const app = fastify();
  compressAnswers(app);
  app.get('/many', () => many);
  app.get('/few', () => ({ assets: [] }));
  app.get('/text', (_, reply) => reply.type('text/plain').send('x'.repeat(100_000)));
  return app;
}

const ask = (url: string, encoding = 'gzip, deflate, br') =>
  server().inject({ url, headers: { 'accept-encoding': encoding } });

describe('answers on their way', () => {
  it('are squeezed when they are large, and are the same after', async () => {
    const reply = await ask('/many');
    expect(reply.headers['content-encoding']).toBe('gzip');
    expect(reply.headers.vary).toBe('accept-encoding');
    expect(Number(reply.headers['content-length'])).toBe(reply.rawPayload.length);
    expect(JSON.parse(gunzipSync(reply.rawPayload).toString())).toEqual(many);
    expect(reply.rawPayload.length).toBeLessThan(JSON.stringify(many).length / 5);
  });

  it.each([
    ['/few', 'gzip'],
    ['/text', 'gzip'],
    ['/many', 'identity'],
  ])('go as they are: %s for a browser that takes %s', async (url, encoding) => {
    const reply = await ask(url, encoding);
    expect(reply.headers['content-encoding']).toBeUndefined();
    expect(reply.statusCode).toBe(200);
  });
});
