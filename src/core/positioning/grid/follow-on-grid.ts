import type { LevelModel, SiteModel } from '../../model';
import type { HeardWindow } from '../../radio/signals';
import { nearestOnLevel } from '../keep-on-level';
import { levelOf } from '../level-choice';
import type { Place } from '../place';
import { gridAt } from './coarser-grid';
import { fitScale } from './fit-scale';
import { decode, emptyWindow, encode, type GridBelief } from './belief';
import { correctCourse, type Course, joinCourse, momentsOf, noCourse, strideOf, walkersIn } from './course';
import { errorScale, learnFit, type MapFit, usualFit } from './map-fit';
import { firstLevel, type LevelOdds, settleLevel } from './levels';
import type { FloorGrid } from './floor-grid';
import { moveOn, reachOf, type Stride } from './move-on';
import { emptyNews, type News, readNews } from './news';
import { paceOf } from './pace';
import { summarise } from './summary';
import { inOnePlace, learnStrength, newStrength, type Strength } from './strength';
import { type Heard, told } from './likelihood';
import {
  doubtOfRest,
  isElsewhere,
  nothingHeard,
  recall,
  remember,
  type RestMemory,
  sameness,
  sightingsIn,
} from './rest-memory';
import { drawRest } from './rest-shape';
import { weigh } from './weigh';
import { gridsOf, gridUnder } from './window-on-level';

/** What one fix on the grid hands to the next. */
export interface FollowedOnGrid {
  readonly method: 'bayes-grid';
  /** Epoch ms. */
  readonly at: number;
  readonly lead: LevelOdds;
  readonly belief: GridBelief;
  readonly course: Course;
  /** Looks at the tag since it rests, and what was heard in them. */
  readonly looks: number;
  readonly memory: RestMemory;
  /** Sightings used of the very instant `at`. */
  readonly atOnce: number;
  readonly isCalm: boolean;
  /** What is known of the tag's own strength: kept when the place is forgotten. */
  readonly strength: Strength;
  readonly fit: MapFit;
}

const window = emptyWindow();
const news = emptyNews();
const recalled = emptyNews();
const before = { x: 0, y: 0, variance: 0 };
const after = { x: 0, y: 0, variance: 0 };

/**
 * One step of a Bayes filter over the walkable plan: the belief is carried forward by how tags move between walls,
 * weighed by what of the news is new, and summed up.
 */
export function followOnGrid(
  known: FollowedOnGrid | null,
  heard: HeardWindow,
  model: SiteModel,
  place: Place,
): FollowedOnGrid {
  const { at } = heard;
  readNews(heard, known?.atOnce ?? 0, model.rules, news);
  const dtS = known === null ? Infinity : Math.max(0, at - known.at) / 1000;
  const isUsable = known !== null && dtS <= model.rules.grid.forgetS && isOfPlan(known, model);
  const carried = isUsable ? carryOn(known, dtS, news, model) : startAnew(known, news, model);
  const level = levelOf(carried.lead.levelId, model);
  const { floor } = gridUnder(window, level);
  const scale = errorScale(carried.fit);
  const restShare = summarise(
    window,
    floor,
    isUsable ? { ...model.rules.grid, scale } : { ...firstErrors, scale },
    place,
  );

  keepInside(place, level);
  place.at = at;
  place.knowsWalls = true;
  fitScale(window, gridsOf(level));
  const belief = encode(window, gridUnder(window, level).floor);
  const { atOnce } = news;
  return { method: 'bayes-grid', at, ...carried, belief, atOnce, isCalm: restShare > 0.5 };
}

/** A look without one before it repeats nothing. */
const firstErrors = { repeatedError: 1, astray: 0 };

type Carried = Pick<FollowedOnGrid, 'lead' | 'course' | 'looks' | 'memory' | 'strength' | 'fit'>;

function startAnew(known: FollowedOnGrid | null, signals: News, model: SiteModel): Carried {
  const strength = known?.strength ?? newStrength(model);
  const lead = firstLevel(window, { signals, strength: inOnePlace(strength) }, model);
  return {
    lead,
    course: noCourse(model.rules.grid),
    looks: 1,
    memory: nothingHeard,
    strength,
    fit: known?.fit ?? usualFit,
  };
}

/** Carries the belief to now and weighs it. */
function carryOn(known: FollowedOnGrid, dtS: number, signals: News, model: SiteModel): Carried {
  const { rules } = model;
  const level = levelOf(known.lead.levelId, model);
  const { floor, expected } = gridAt(gridsOf(level), known.belief.scale);
  const pace = paceOf(known.looks, known.course, signals, expected, rules);
  const expectedStrength = inOnePlace(known.strength);
  const { stride, course } = strideOf(known.course, dtS, rules.grid);
  decode(known.belief, floor, { margin: marginFor(stride, floor), restPower: pace.restPower }, window);
  const walking = walkersIn(window);
  moveOn(window, floor, stride, dtS, rules.grid);
  const lead = settleLevel(window, known.lead, { signals, power: pace.walk, dtS, strength: expectedStrength }, model);
  const settled = levelOf(lead.levelId, model);
  const { floor: grid, expected: signalsThere } = gridUnder(window, settled);
  momentsOf(window, grid, before);
  const walkers = walkersIn(window);
  const same = sameness(known.memory, signals);
  const heard: Heard = { signals, expected: signalsThere, grid, rules, strength: expectedStrength };
  weigh(window, {
    ...heard,
    rest: pace.rest,
    walk: pace.walk,
    stillness: signals.stillness + doubtOfRest(same),
  });
  const lesson = { told, walking: walkersIn(window), share: pace.walk, dtS };
  const strength = learnStrength(known.strength, lesson, signalsThere.strengthVariance);
  const fit = learnFit(known.fit, told.misfit);
  if (lead.levelId !== known.lead.levelId) {
    return { lead, course: noCourse(rules.grid), looks: 1, memory: nothingHeard, strength, fit };
  }
  const memory = rememberRest(known, signals, same);
  if (memory.length > 0) {
    recall(memory, signals, rules.maxGateways, recalled);
    drawRest(window, { ...heard, signals: recalled }, sightingsIn(memory));
  }
  momentsOf(window, grid, after);
  const setOff = Math.max(0, walkers - walking) / Math.max(1e-9, walkers);
  const stopped = Math.max(0, walking - walkers) / Math.max(1e-9, 1 - walkers);
  return {
    lead,
    course: correctCourse(joinCourse(course, setOff, rules.grid), before, after, grid),
    looks: Math.round(1000 * Math.max(1, pace.looks * (1 - stopped) + stopped)) / 1000,
    memory,
    strength,
    fit,
  };
}

/** As far as a tag may walk, and as far as one at rest may have been misplaced. */
const marginFor = (stride: Stride, { cellM }: FloorGrid): number =>
  Math.max(Math.min(3, Math.ceil(misplacedM / cellM)), reachOf(stride, cellM));
const misplacedM = 1.5;

/** A tag that walks leaves nothing to remember; one heard otherwise than before rests elsewhere, if it rests. */
function rememberRest({ isCalm, memory }: FollowedOnGrid, signals: News, same: number): RestMemory {
  if (!isCalm) return nothingHeard;
  return remember(isElsewhere(same) ? nothingHeard : memory, signals);
}

/** Whether a belief was written on the plan as it is now. */
function isOfPlan({ lead, belief }: FollowedOnGrid, model: SiteModel): boolean {
  const level = model.levels[model.levelIndex.get(lead.levelId) ?? -1];
  const grids = level?.grid ?? null;
  return grids !== null && gridAt(grids, belief.scale).floor.unit.length === belief.cells;
}

function keepInside(place: Place, level: LevelModel): void {
  const [x, y] = nearestOnLevel(place.x, place.y, level);
  place.x = round(x);
  place.y = round(y);
  place.radius50 = round(place.radius50);
  place.radius90 = round(place.radius90);
}

/** Centimetres are enough. */
const round = (metres: number): number => Math.round(metres * 100) / 100;
