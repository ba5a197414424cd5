import { describe, expect, it } from 'vitest';
import { emptyWindow, layUniform, levelCell, sizeOf } from '../../../../src/core/positioning/grid/window';
import { cellX, cellY } from '../../../../src/core/positioning/grid/floor-grid';
import { emptyNews, type News } from '../../../../src/core/positioning/grid/news';
import {
  doubtOfRest,
  isElsewhere,
  nothingHeard,
  recall,
  remember,
  type RestMemory,
  sameness,
  sightingsIn,
} from '../../../../src/core/positioning/grid/rest-memory';
import { drawRest } from '../../../../src/core/positioning/grid/rest-shape';
import type { Point } from '../../../../src/core';
import { expectedAt, seededNoise } from '../../made-site';
import { floorOf, gridModel } from './made-grid';
import { plainLogLikelihood } from './plain-likelihood';

const fading = 16;

/** A look with one sighting of each gateway. */
function look(rssi: readonly number[]): News {
  const news = emptyNews();
  news.fading = fading;
  news.count = rssi.length;
  rssi.forEach((value, g) => {
    news.gateway[g] = g;
    news.rssi[g] = value;
    news.variance[g] = fading;
  });
  return news;
}

const after = (looks: readonly (readonly number[])[]): RestMemory =>
  looks.reduce((memory, rssi) => remember(memory, look(rssi)), nothingHeard);

describe('what is remembered of a rest', () => {
  it('is the mean of what each gateway heard, however often', () => {
    const news = emptyNews();
    recall(after([[-60, -70], [-64], [-65, -74]]), look([]), 16, news);
    expect(Array.from(news.rssi.subarray(0, news.count))).toEqual([-63, -72]);
    expect(news.variance[0]).toBeCloseTo(fading / 3);
    expect(news.variance[1]).toBeCloseTo(fading / 2);
  });

  it('goes with the day: no more than some sixty sightings count', () => {
    const memory = after([...Array.from({ length: 500 }, () => [-60]), ...Array.from({ length: 200 }, () => [-70])]);
    expect(sightingsIn(memory)).toBe(64);
    expect(memory[1]).toBeLessThan(-69);
  });

  it('is of the loudest gateways', () => {
    const news = emptyNews();
    recall(after([Array.from({ length: 30 }, (_, g) => -90 + g)]), look([]), 64, news);
    expect(Math.min(...news.rssi.subarray(0, news.count))).toBe(-80);
    expect(news.count).toBe(20);
  });

  it('tells a look at the same place from one at another', () => {
    const noise = seededNoise(7, 4);
    const here = [-60, -66, -71, -75, -80];
    const heardHere = () => here.map((rssi) => rssi + noise());
    const memory = after(Array.from({ length: 20 }, heardHere));
    const mistaken = Array.from({ length: 300 }, heardHere).filter((rssi) => isElsewhere(sameness(memory, look(rssi))));
    expect(mistaken.length).toBeLessThan(15);
    expect(isElsewhere(sameness(memory, look([-74, -60, -80, -64, -70])))).toBe(true);
  });
});

describe('what a change since the rest began says', () => {
  const memory = after(Array.from({ length: 20 }, () => [-60, -66, -71, -75]));

  it('is that the tag may have set off, the more the larger it is, but not without end', () => {
    const doubts = [0, 9, 12, 40].map((dB) => doubtOfRest(sameness(memory, look([-60 - dB, -66 + dB, -71, -75]))));
    expect(doubts[0]).toBe(0);
    expect(doubts[1]).toBeLessThan(0);
    expect(doubts[2]).toBeLessThan(doubts[1] ?? 0);
    expect(doubts[3]).toBeGreaterThan(-5);
  });

  it('is nothing where nothing is remembered', () => {
    expect(doubtOfRest(sameness(nothingHeard, look([-60, -66])))).toBe(0);
  });
});

describe('the shape of rest', () => {
  const model = gridModel();
  const { floor, expected } = floorOf(model);
  const strength = { mean: 0, variance: 4 };
  const place: Point = [9, 5];
  const memory = after(Array.from({ length: 64 }, () => expectedAt(model, 0, place)));
  const signals = emptyNews();
  recall(memory, look([]), 16, signals);
  const remembered = { signals, expected, grid: floor, rules: model.rules, strength };
  const whole = { left: 0, bottom: 0, right: floor.columns - 1, top: floor.rows - 1 };

  it('is the likelihood of the memory when nothing else is known and it is drawn often', () => {
    const window = emptyWindow();
    layUniform(window, floor, whole, 1);
    for (let i = 0; i < 60; i++) drawRest(window, remembered, sightingsIn(memory));
    const rules = { ...model.rules, tailDegrees: 20, obstructionFactor: 1 };
    const evidence = { ...remembered, rules };
    const logs = Array.from({ length: sizeOf(window) }, (_, cell) =>
      plainLogLikelihood(levelCell(window, floor, cell), evidence),
    );
    const sum = logs.reduce((total, log) => total + Math.exp(log), 0);
    const off = logs.reduce((total, log, cell) => total + Math.abs((window.rest[cell] ?? 0) - Math.exp(log) / sum), 0);
    expect(off).toBeLessThan(0.05);
  });

  it('comes back from a place that unlucky looks had left alone', () => {
    const window = emptyWindow();
    layUniform(window, floor, whole, 1);
    const isWest = (cell: number): boolean => cellX(floor, levelCell(window, floor, cell)) < 6;
    for (let cell = 0; cell < sizeOf(window); cell++) if (!isWest(cell)) window.rest[cell] = 0;
    for (let i = 0; i < 30; i++) drawRest(window, remembered, sightingsIn(memory));
    let [x, y, sum] = [0, 0, 0];
    for (let cell = 0; cell < sizeOf(window); cell++) {
      const share = window.rest[cell] ?? 0;
      x += share * cellX(floor, levelCell(window, floor, cell));
      y += share * cellY(floor, levelCell(window, floor, cell));
      sum += share;
    }
    expect(Math.hypot(x / sum - place[0], y / sum - place[1])).toBeLessThan(1);
  });
});
