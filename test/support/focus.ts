import type { Page } from 'playwright-core';

/** What has the focus, and whether the eye can see that it has. */
export interface Focus {
  readonly name: string;
  readonly visible: boolean;
}

export const focusOf = (page: Page): Promise<Focus> =>
  page.evaluate<Focus>(`(() => {
    const element = document.activeElement;
    const shown = element.matches('input[type=radio]') ? element.nextElementSibling : element;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(shown);
    const box = element.getBoundingClientRect();
    const inSight = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const name = element.getAttribute('aria-label') ?? shown.innerText;
    return { name, visible: inSight && ((outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none') };
  })()`);
