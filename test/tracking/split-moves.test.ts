import { describe, expect, it } from 'vitest';
import { levelId, type Move, tagId } from '../../src/core';
import { splitBehind, splitMoves } from '../../src/tracking/split-moves';

function move(tag: string, at: number, options: { keep?: boolean; entered?: boolean } = {}): Move {
  const fix = {
    ...{ tagId: tagId(tag), at, levelId: levelId('L0'), x: at, y: 0, radius50: 1, radius90: 2 },
    ...{ zoneId: null, sectionId: null, zoneProbability: 0, zones: [], moving: false },
  };
  const changes: Move['changes'] = options.entered === true ? [{ type: 'silent', at }] : [];
  return {
    tagId: fix.tagId,
    fix,
    changes,
    presence: null,
    restingSince: null,
    keep: options.keep ?? false,
    receivedAt: at,
  };
}

const instants = (moves: readonly Move[]): string[] => moves.map(({ tagId: tag, fix }) => `${tag} ${fix.at}`);

describe('of the moves of a tracker that is behind', () => {
  it('only the newest position of a tag is told, and the others are counted', () => {
    const { news, positions, superseded } = splitBehind([move('a', 1), move('b', 1), move('a', 2), move('a', 3)]);
    expect(news).toEqual([]);
    expect(instants(positions).sort()).toEqual(['a 3', 'b 1']);
    expect(superseded).toBe(2);
  });

  it('none that is kept as a row or changes a presence is left out, however many there are', () => {
    const all = [move('a', 1, { keep: true }), move('a', 2, { entered: true }), move('a', 3, { keep: true })];
    expect(splitBehind(all)).toEqual({ news: all, positions: [], superseded: 0 });
  });

  it('a position before news of its tag gives way to it, one after it does not', () => {
    const { news, positions, superseded } = splitBehind([move('a', 1), move('a', 2, { keep: true }), move('a', 3)]);
    expect(instants(news)).toEqual(['a 2']);
    expect(instants(positions)).toEqual(['a 3']);
    expect(superseded).toBe(1);
  });

  it('one of the instant of news before it stays with that', () => {
    const { news, positions } = splitBehind([move('a', 2, { keep: true }), move('a', 2)]);
    expect(instants(news)).toEqual(['a 2', 'a 2']);
    expect(positions).toEqual([]);
  });

  it('those of one that keeps up are told all', () => {
    const { news, positions } = splitMoves([move('a', 1), move('a', 2), move('b', 1, { keep: true }), move('b', 2)]);
    expect(instants(news)).toEqual(['b 1']);
    expect(instants(positions)).toEqual(['a 1', 'a 2', 'b 2']);
  });
});
