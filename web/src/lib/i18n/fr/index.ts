import type { Messages } from '../en';
import { asset } from './asset';
import { boards } from './boards';
import { finding } from './finding';
import { frame } from './frame';
import { map } from './map';
import { nearest } from './nearest';
import { operations } from './operations';
import { registry, scan } from './registry';
import { saying } from './saying';

/** Les mêmes phrases en français (Canada). */
export const fr: Messages = {
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
