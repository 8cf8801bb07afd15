// What of a screen's words nobody can read: cut by a box, off the window's edge, or covered by what stands beside it.
import type { Locator } from '@playwright/test';

/** The words inside a part of the screen that are not wholly in sight, each with what cuts it. */
export const cutOff = (part: Locator): Promise<string[]> => part.evaluate(findCut);

/** Numbers and plain words that are read over two lines; Chinese may go on anywhere. */
export const brokenWords = (part: Locator): Promise<string[]> => part.evaluate(findBroken);

/** The parts of a bar that lie over one another. */
export const overlapping = (bar: Locator): Promise<string[]> => bar.evaluate(findOverlaps);

// All run in the page, so each holds all that it needs.
function findCut(part: Element): string[] {
  const SLACK = 1;
  interface Box {
    left: number;
    top: number;
    right: number;
    bottom: number;
  }
  const inside = (inner: Box, outer: Box): boolean =>
    inner.left >= outer.left - SLACK &&
    inner.right <= outer.right + SLACK &&
    inner.top >= outer.top - SLACK &&
    inner.bottom <= outer.bottom + SLACK;
  const forEarsAlone = (element: Element): boolean => element.closest('.unseen') !== null || isClipped(element);
  const isClipped = (element: Element | null): boolean =>
    element !== null && (getComputedStyle(element).clipPath !== 'none' || isClipped(element.parentElement));
  const cutter = (element: Element | null, box: Box): string | null => {
    if (element === null) {
      const view = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
      return inside(box, view) ? null : 'the window';
    }
    const { overflowX, overflowY } = getComputedStyle(element);
    const cuts = overflowX !== 'visible' || overflowY !== 'visible';
    if (cuts && !inside(box, element.getBoundingClientRect())) return `<${element.tagName.toLowerCase()}>`;
    return cutter(element.parentElement, box);
  };
  const found: string[] = [];
  const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const { parentElement } = text;
    if (!text.textContent?.trim() || !parentElement || forEarsAlone(parentElement)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
      const by = cutter(parentElement, box);
      if (by !== null) found.push(`"${text.textContent.trim()}" is cut by ${by}`);
    }
  }
  return found;
}

function findBroken(part: Element): string[] {
  const WORD = /[A-Za-z]+-\d[\w-]*|[A-Za-z0-9]+/g;
  const found: string[] = [];
  const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    for (const { index, 0: word } of (text.textContent ?? '').matchAll(WORD)) {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      if (lines.size > 1) found.push(word);
    }
  }
  return found;
}

function findOverlaps(bar: Element): string[] {
  const parts = [...bar.children].map((child) => ({ child, box: child.getBoundingClientRect() }));
  return parts.flatMap(({ child, box }, index) =>
    parts
      .slice(index + 1)
      .filter(
        ({ box: other }) =>
          Math.min(box.right, other.right) - Math.max(box.left, other.left) > 1 &&
          Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 1,
      )
      .map(({ child: other }) => `"${child.textContent?.trim()}" lies over "${other.textContent?.trim()}"`),
  );
}
