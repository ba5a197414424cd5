import { asset } from './asset';
import { boards } from './boards';
import { finding } from './finding';
import { frame } from './frame';
import { map } from './map';
import { nearest } from './nearest';
import { operations } from './operations';
import { registry, scan } from './registry';
import { saying } from './saying';

/** Every sentence of the app in English, by area. French has the same keys in each, or it does not compile. */
export const en = {
  ...frame,
  ...finding,
  ...nearest,
  ...asset,
  ...saying,
  ...boards,
  ...map,
  scan,
  registry,
  operations,
};

/** Widened, so that another language may say it in its own words. */
export type Messages = typeof en;
