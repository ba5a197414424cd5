import { expect, test } from 'vitest';
import { tagId } from '../../src/core';
import { ReadingNews } from '../../src/ingest/reading-news';

const [pump, bed] = [tagId('pump'), tagId('bed')];

test('a value is told when it is another, of another tag, or a minute old', () => {
  const news = new ReadingNews();
  expect(news.isNews(pump, 'battery', 91, 0)).toBe(true);
  expect(news.isNews(pump, 'battery', 91, 1_000)).toBe(false);
  expect(news.isNews(bed, 'battery', 91, 1_000)).toBe(true);
  expect(news.isNews(pump, 'temperature', 91, 1_000)).toBe(true);
  expect(news.isNews(pump, 'battery', 90, 2_000)).toBe(true);
  expect(news.isNews(pump, 'battery', 91, 3_000)).toBe(true);
  expect(news.isNews(pump, 'battery', 91, 63_000)).toBe(true);
});

test('every press of a button is told', () => {
  const news = new ReadingNews();
  expect([news.isNews(pump, 'button', 1, 0), news.isNews(pump, 'button', 1, 1)]).toEqual([true, true]);
});
