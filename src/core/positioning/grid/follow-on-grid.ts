import type { LevelModel, SiteModel } from '../../model';
import type { HeardWindow } from '../../radio/signals';
import type { GridRules } from '../../rules';
import { keepPlaceOnLevel } from '../keep-on-level';
import { levelOf } from '../level-choice';
import type { Place } from '../place';
import { decode, encode, type Reaching, type Reading } from './belief';
import { gridAt } from './coarser-grid';
import {
  copyCourse,
  correctCourse,
  fadeCourse,
  forgetCourse,
  joinCourse,
  type Moments,
  momentsOf,
  strideOf,
} from './course';
import { fitScale } from './fit-scale';
import type { FloorGrid } from './floor-grid';
import { type FollowedOnGrid, hold, recallState } from './followed-on-grid';
import { emptyState, type GridState } from './grid-state';
import { copyLead, firstLevel, type Look, settleLevel } from './levels';
import { told } from './likelihood';
import { emptyExtent, listWeighty } from './listed-cells';
import { learnFit, usualFit } from './map-fit';
import { moveOn, reachOf, type Stride } from './move-on';
import { emptyNews, readNews } from './news';
import { type Pace, paceOf } from './pace';
import {
  doubtOfRest,
  isElsewhere,
  memoryRoom,
  nothingHeard,
  recall,
  remember,
  type RestMemory,
  sameness,
  sightingsIn,
} from './rest-memory';
import { drawRest } from './rest-shape';
import { copyStrength, forgetStrength, inOnePlace, learnStrength, type Lesson, type Strength } from './strength';
import { summarise } from './summary';
import { type Evidence, weigh } from './weigh';
import { type Doubts, repeatedShare, shadeOf, widen } from './widen';
import { emptyWindow } from './window';
import { gridsOf, gridUnder } from './window-on-level';

const window = emptyWindow();
const stateBefore = emptyState();
const next = emptyState();
const memories = memoryRoom();
const news = emptyNews();
const recalled = emptyNews();
const before: Moments = { share: 0, x: 0, y: 0, variance: 0 };
const after: Moments = { share: 0, x: 0, y: 0, variance: 0 };
const stride: Stride = { x: 0, y: 0, variance: 0 };
const reading: Reading = { margin: 0, restPower: 1 };
const pace: Pace = { walk: 1, rest: 1, restPower: 1, looks: 1 };
const strength: Strength = { mean: 0, variance: 1 };
const look: Look = { signals: news, strength, power: 1, dtS: 0 };
const doubts: Doubts = { fit: usualFit, shade: 0, repeated: 0 };
const lesson: Lesson = { told, share: 0, dtS: 0, most: 0 };
const reaching: Reaching = { count: 0, extent: emptyExtent() };
let evidence: Evidence | null = null;

/** The state a look starts from, and one that is needed no more: it is written over. */
export interface GridStates {
  readonly before: FollowedOnGrid | null;
  readonly spare: FollowedOnGrid | null;
}

/**
 * One step of a Bayes filter over the walkable plan: the belief is carried forward by how tags move between walls,
 * weighed by what of the news is new, and summed up.
 */
export function followOnGrid(states: GridStates, heard: HeardWindow, model: SiteModel, place: Place): FollowedOnGrid {
  const { before: held, spare } = states;
  const { at } = heard;
  const known = held === null ? null : recallState(held, stateBefore);
  readNews(heard, known?.atOnce ?? 0, model.rules, news);
  const dtS = known === null ? Infinity : Math.max(0, at - known.at) / 1000;
  const isUsable = known !== null && dtS <= model.rules.grid.forgetS && isOfPlan(known, model);
  const count = isUsable ? carryOn(known, dtS, model) : startAnew(known, model);
  const level = levelOf(next.lead.levelId, model);
  const { floor, expected } = gridUnder(window, level);
  const restShare = summarise(window, { count, grid: floor }, place);
  doubts.fit = next.fit;
  doubts.shade = isUsable ? shadeOf(told.pull, expected) : 0;
  doubts.repeated = repeatedShare(news, expected);
  widen(place, restShare, doubts);
  keepInside(place, level);
  place.at = at;
  place.knowsWalls = true;
  reaching.count = fitScale(window, count, gridsOf(level), reaching.extent);
  encode(window, gridUnder(window, level).floor, reaching, next.belief);
  next.at = at;
  next.atOnce = news.atOnce;
  next.isCalm = restShare > 0.5;
  return hold(next, spare);
}

function startAnew(known: GridState | null, model: SiteModel): number {
  if (known === null) forgetStrength(next.strength, model);
  else copyStrength(known.strength, next.strength);
  inOnePlace(next.strength, strength);
  firstLevel(window, look, model, next.lead);
  next.fit = known?.fit ?? usualFit;
  forgetRest(model);
  return listWeighty(window, gridUnder(window, levelOf(next.lead.levelId, model)).floor);
}

/** Where a tag was, nothing is remembered of how it was heard. */
function forgetRest({ rules }: SiteModel): void {
  forgetCourse(next.course, rules.grid);
  next.looks = 1;
  next.memory = nothingHeard;
}

/** Carries the belief to now and weighs it. Returns how many cells are listed. */
function carryOn(known: GridState, dtS: number, model: SiteModel): number {
  const { rules } = model;
  predict(known, dtS, model);
  look.power = pace.walk;
  look.dtS = dtS;
  const hasChanged = settleLevel(window, next.lead, look, model);
  const { floor: grid, expected } = gridUnder(window, levelOf(next.lead.levelId, model));
  const count = listWeighty(window, grid);
  momentsOf(window, count, grid.cellM, before);
  const same = sameness(known.memory, news);
  const heard = (evidence ??= { signals: news, expected, grid, rules, strength, rest: 1, walk: 1, stillness: 0 });
  heard.signals = news;
  heard.expected = expected;
  heard.grid = grid;
  heard.rules = rules;
  heard.rest = pace.rest;
  heard.walk = pace.walk;
  heard.stillness = news.stillness + doubtOfRest(same);
  weigh(window, count, heard);
  lesson.share = pace.walk;
  lesson.dtS = dtS;
  lesson.most = expected.strengthVariance;
  learnStrength(next.strength, lesson);
  next.fit = learnFit(known.fit, told.misfit);
  if (hasChanged) {
    forgetRest(model);
    return count;
  }
  next.memory = rememberRest(known, same);
  let listed = count;
  if (next.memory.length > 0) {
    recall(next.memory, news, rules.maxGateways, recalled);
    heard.signals = recalled;
    listed = drawRest(window, heard, sightingsIn(next.memory));
  }
  momentsOf(window, listed, grid.cellM, after);
  turn(known, grid.cellM, rules.grid);
  return listed;
}

/** Lays the window of the state before, and moves all that may be in it on to now. */
function predict(known: GridState, dtS: number, model: SiteModel): void {
  const { rules } = model;
  const { floor, expected } = gridAt(gridsOf(levelOf(known.lead.levelId, model)), known.belief.scale);
  copyLead(known.lead, next.lead);
  copyCourse(known.course, next.course);
  copyStrength(known.strength, next.strength);
  inOnePlace(next.strength, strength);
  paceOf({ looks: known.looks, course: known.course, expected }, news, rules, pace);
  strideOf(next.course, dtS, rules.grid, stride);
  fadeCourse(next.course, dtS, rules.grid);
  reading.margin = marginFor(stride, floor);
  reading.restPower = pace.restPower;
  decode(known.belief, floor, reading, window);
  moveOn(window, floor, stride, dtS, rules.grid);
}

/** As far as a tag may walk, and as far as one at rest may have been misplaced. */
const marginFor = (by: Stride, { cellM }: FloorGrid): number =>
  Math.max(Math.min(3, Math.ceil(misplacedM / cellM)), reachOf(by, cellM));
const misplacedM = 1.5;

/** A tag that walks leaves nothing to remember; one heard otherwise than before rests elsewhere, if it rests. */
function rememberRest({ isCalm, memory }: GridState, same: number): RestMemory {
  if (!isCalm) return nothingHeard;
  return remember(isElsewhere(same) ? nothingHeard : memory, news, memories);
}

/** Of those who walk now some have only set off, of those who walked before some have stopped. */
function turn(known: GridState, cellM: number, rules: GridRules): void {
  const { walkShare } = known.belief;
  const setOff = Math.max(0, before.share - walkShare) / Math.max(1e-9, before.share);
  const stopped = Math.max(0, walkShare - before.share) / Math.max(1e-9, 1 - before.share);
  next.looks = Math.round(1000 * Math.max(1, pace.looks * (1 - stopped) + stopped)) / 1000;
  joinCourse(next.course, setOff, rules);
  correctCourse(next.course, before, after, cellM);
}

/** Whether a belief was written on the plan as it is now. */
function isOfPlan({ lead, belief }: GridState, model: SiteModel): boolean {
  const level = model.levels[model.levelIndex.get(lead.levelId) ?? -1];
  const grids = level?.grid ?? null;
  return grids !== null && gridAt(grids, belief.scale).floor.unit.length === belief.cells;
}

function keepInside(place: Place, level: LevelModel): void {
  keepPlaceOnLevel(place, level);
  place.x = round(place.x);
  place.y = round(place.y);
  place.radius50 = round(place.radius50);
  place.radius90 = round(place.radius90);
}

/** Centimetres are enough. */
const round = (metres: number): number => Math.round(metres * 100) / 100;
