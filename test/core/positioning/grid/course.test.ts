import { describe, expect, it } from 'vitest';
import { type Course, fadeCourse, strideOf } from '../../../../src/core/positioning/grid/course';
import { defaultRules } from '../../../../src/core/rules';

const rules = defaultRules.grid;
const at = (mps: number): Course => ({ x: mps, y: 0, variance: 0.01, withPlace: 0 });

describe('the course of a tag', () => {
  it('is as unknown after a while as it is fast: who runs may turn at a run', () => {
    const spreadAfter = (mps: number): number => {
      const course = at(mps);
      fadeCourse(course, rules.courseS, rules);
      return course.variance;
    };
    expect(spreadAfter(1.4)).toBeGreaterThan(4 * spreadAfter(0));
    expect(spreadAfter(0.3)).toBe(spreadAfter(0));
  });

  it('carries a tag on, and less far than its speed for ever would', () => {
    const stride = { x: 0, y: 0, variance: 0 };
    strideOf(at(1), 2, rules, stride);
    expect(stride.x).toBeGreaterThan(1.5);
    expect(stride.x).toBeLessThan(2);
    expect(stride.y).toBe(0);
  });
});
