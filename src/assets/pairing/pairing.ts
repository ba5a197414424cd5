import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { z } from 'zod';
import type { Gateway, Site, TagId, WalkingPoint } from '../../core';
import { type PairingWindow, readPairingWindow } from '../../redis/pairing-window';
import { RedisConnections } from '../../redis/redis.module';
import { SiteModelSource } from '../../sites/site-model-source';
import { Places } from '../places';
import { SpareTags } from './spare-tags';

const windowMs = 60_000;
/** dB by which the strongest must beat the next to be called the closest. */
const clearBy = 6;
const mostTags = 5;

const windowsOpened = new Counter({
  name: 'whereabouts_pairing_windows_total',
  help: 'Times a pairing window was opened: for a minute one gateway told which unknown tags it heard close by',
});

/** A tag no asset wears, and how close it is. */
export interface CloseTag {
  readonly tagId: string;
  /** Enrolled and followed, or only heard in the pairing window. */
  readonly known: boolean;
  /** From where one stands; null for one only heard. */
  readonly metres: number | null;
  /** dBm at the window's gateway; null for one that is followed. */
  readonly rssi: number | null;
  /** Epoch ms. */
  readonly at: number;
}

export interface OpenWindow extends PairingWindow {
  /** From where one stands to the gateway to hold the tag to. */
  readonly metres: number;
}

export interface Closest {
  readonly window: PairingWindow | null;
  readonly tags: readonly CloseTag[];
  /** Whether the first is so much closer than the rest that it can only be that one. */
  readonly isClear: boolean;
}

const heardTag = z.object({ rssi: z.number(), at: z.number() });

/** Finds the tag that is meant by "this one here": a spare that is followed, or a new one held to a gateway. */
@Injectable()
export class Pairing {
  constructor(
    private readonly redis: RedisConnections,
    private readonly source: SiteModelSource,
    private readonly places: Places,
    private readonly spares: SpareTags,
  ) {}

  /** Opens the window at the gateway closest to where one stands. One window is open at a time. @param now epoch ms */
  async open(from: WalkingPoint, now: number): Promise<OpenWindow | null> {
    const gateway = closestGateway(this.source.site, from);
    if (gateway === null) return null;
    const { commands, keys } = this.redis;
    const window: PairingWindow = { gatewayId: gateway.id, until: now + windowMs };
    await commands
      .multi()
      .del(keys.pairingHeard)
      .set(keys.pairingWindow, JSON.stringify(window), 'PXAT', window.until)
      .publish(keys.pairingChanged, 'opened')
      .exec();
    windowsOpened.inc();
    return { ...window, metres: apart(from, gateway) };
  }

  async close(): Promise<void> {
    const { commands, keys } = this.redis;
    await commands.multi().del(keys.pairingHeard, keys.pairingWindow).publish(keys.pairingChanged, 'closed').exec();
  }

  /** Closest first. What a window heard comes before what is only followed: somebody holds it up right now. */
  async closest(from: WalkingPoint): Promise<Closest> {
    const window = await readPairingWindow(this.redis);
    const heard = window === null ? [] : await this.#heard();
    const followed = await this.#followed(from);
    const [first, second] = heard.length > 0 ? heard : followed;
    return { window, tags: [...heard, ...followed].slice(0, mostTags), isClear: isClear(first, second) };
  }

  async #heard(): Promise<CloseTag[]> {
    const entries = Object.entries(await this.redis.commands.hgetall(this.redis.keys.pairingHeard));
    return entries
      .map(([tagId, text]) => ({ tagId, known: false, metres: null, ...heardTag.parse(JSON.parse(text)) }))
      .sort((a, b) => b.rssi - a.rssi);
  }

  async #followed(from: WalkingPoint): Promise<CloseTag[]> {
    const spares = await this.spares.all();
    return spares
      .flatMap((tagId: TagId) => {
        const place = this.places.get(tagId);
        if (place === undefined || place.silent || place.levelId !== from.levelId) return [];
        return [{ tagId, known: true, metres: apart(from, place), rssi: null, at: place.at }];
      })
      .sort((a, b) => a.metres - b.metres);
  }
}

function isClear(first: CloseTag | undefined, second: CloseTag | undefined): boolean {
  if (first === undefined) return false;
  if (second === undefined) return true;
  if (first.rssi !== null && second.rssi !== null) return first.rssi - second.rssi >= clearBy;
  return (first.metres ?? 0) * 2 + 2 < (second.metres ?? 0);
}

function closestGateway(site: Site, from: WalkingPoint): Gateway | null {
  const here = [...site.gatewayById.values()].filter(({ levelId }) => levelId === from.levelId);
  return here.reduce<Gateway | null>(
    (best, gateway) => (best === null || apart(from, gateway) < apart(from, best) ? gateway : best),
    null,
  );
}

interface At {
  readonly x: number;
  readonly y: number;
}

/** Metres on the plan, to the decimetre. */
const apart = (a: At, b: At): number => Math.round(Math.hypot(a.x - b.x, a.y - b.y) * 10) / 10;
