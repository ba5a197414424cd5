import { serversOf } from '../../src/redis/client';
import type { RedisConnections } from '../../src/redis/redis.module';

/** All that this test's Redis has, whatever it is kept in, as text. */
export async function everyEntry({ commands, keys }: RedisConnections): Promise<string[]> {
  const prefix = keys.enrolledTags.slice(0, -'enrolled:tags'.length);
  const names = (await Promise.all(serversOf(commands).map((server) => server.keys(`${prefix}*`)))).flat();
  const entries = await Promise.all(
    names.map(async (name) => {
      const type = await commands.type(name);
      const content: unknown =
        type === 'hash'
          ? await commands.hgetall(name)
          : type === 'stream'
            ? await commands.xrange(name, '-', '+')
            : type === 'string'
              ? await commands.get(name)
              : null;
      return `${name} ${JSON.stringify(content)}`;
    }),
  );
  return entries;
}
