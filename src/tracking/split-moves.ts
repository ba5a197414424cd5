import type { Move, TagId } from '../core';

/** What goes into which stream. */
export interface Split {
  /** What history must have, in order: never left out. */
  readonly news: readonly Move[];
  /** What only says where a tag is now. */
  readonly positions: readonly Move[];
  /** Positions left out because something newer of their tag is in the same batch. */
  readonly superseded: number;
}

/**
 * Moves of a batch, by what they are worth. A move of the same instant as the news before it stays with that: readers put
 * the two streams together by their instants.
 */
export function splitMoves(moves: readonly Move[]): Pick<Split, 'news' | 'positions'> {
  const news: Move[] = [];
  const positions: Move[] = [];
  const newsAt = new Map<TagId, number>();
  for (const move of moves) {
    const { tagId, fix, keep, changes } = move;
    const isNews = keep || changes.length > 0;
    if (isNews) newsAt.set(tagId, fix.at);
    if (isNews || newsAt.get(tagId) === fix.at) news.push(move);
    else positions.push(move);
  }
  return { news, positions };
}

/**
 * The same of a tracker that is behind: of the positions of a tag only the newest is told, and none that news follows.
 * The further behind, the larger are batches and the more give way; what is news never does.
 */
export function splitBehind(moves: readonly Move[]): Split {
  const { news, positions } = splitMoves(moves);
  const newest = new Map<TagId, Move>();
  for (const move of positions) newest.set(move.tagId, move);
  for (const { tagId, fix } of news) if ((newest.get(tagId)?.fix.at ?? Infinity) <= fix.at) newest.delete(tagId);
  return { news, positions: [...newest.values()], superseded: positions.length - newest.size };
}
