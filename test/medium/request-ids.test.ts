import { expect, test } from 'vitest';
import { setUp } from '../support/assets-app';

test('every answer says its id: the one it was asked with, or a new one when that is none', async () => {
  const { app } = await setUp([]);
  const idFor = async (given?: string): Promise<unknown> => {
    const headers = given === undefined ? {} : { 'x-request-id': given };
    return (await app.inject({ method: 'GET', url: '/api/kinds', headers })).headers['x-request-id'];
  };
  const fresh = /^[0-9a-f]{8}-/;
  expect(await idFor('proxy-17')).toBe('proxy-17');
  expect(await idFor()).toMatch(fresh);
  expect(await idFor('no id, but ERROR [Http] a made up line')).toMatch(fresh);
});
