import { parentPort, workerData } from 'node:worker_threads';
import { refitCalibration } from '../core';
import type { RefitQuestion } from './refit-question';

/** Fits away from what serves: seconds of arithmetic. */
const { site, inUse, points, fittedAt } = workerData as RefitQuestion;
parentPort?.postMessage(refitCalibration(site, inUse, points, fittedAt));
