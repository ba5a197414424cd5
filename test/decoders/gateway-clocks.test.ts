import { expect, test } from 'vitest';
import { type GatewayId, gatewayId } from '../../src/core';
import { GatewayClocks } from '../../src/ingest/gateway-clocks';
import { gatewayClocks } from '../../src/ingest/ingest.metrics';

const at = 1_790_000_000_000;
const kept = async (): Promise<number> => (await gatewayClocks.get()).values.reduce((sum, { value }) => sum + value, 0);

test('clocks of gateways taken off the plan do not pile up, and those of the others stay', async () => {
  const known = new Set<GatewayId>([gatewayId('steady')]);
  const clocks = new GatewayClocks({ isKnownGateway: (id) => known.has(id) });
  const steady = clocks.judge(gatewayId('steady'), [at], at, 1);
  for (let i = 0; i < 1_000; i++) {
    const visitor = gatewayId(`visitor-${i}`);
    known.add(visitor);
    clocks.judge(visitor, [at], at, 1);
    known.delete(visitor);
  }
  expect(await kept()).toBeLessThanOrEqual(65);
  expect(clocks.judge(gatewayId('steady'), [at], at, 1)).toBe(steady);
});
