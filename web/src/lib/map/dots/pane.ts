/** A see-through sheet over the map, as large as it, sharp on any screen. Takes no taps: they go to the map. */
export class Pane {
  readonly #canvas = document.createElement('canvas');
  readonly #context: CanvasRenderingContext2D;

  constructor(private readonly container: HTMLElement) {
    const context = this.#canvas.getContext('2d');
    if (context === null) throw new Error('This browser has no canvas');
    this.#context = context;
    this.#canvas.setAttribute('aria-hidden', 'true');
    Object.assign(this.#canvas.style, { position: 'absolute', inset: '0', pointerEvents: 'none' });
    container.append(this.#canvas);
  }

  /** Wipes it, and gives it to draw on in pixels of the page. */
  draw(paint: (context: CanvasRenderingContext2D, size: { width: number; height: number }) => void): void {
    const { clientWidth: width, clientHeight: height } = this.container;
    const [wide, high] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)];
    if (this.#canvas.width !== wide || this.#canvas.height !== high) {
      Object.assign(this.#canvas, { width: wide, height: high });
      Object.assign(this.#canvas.style, { width: `${width}px`, height: `${height}px` });
    }
    this.#context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    this.#context.clearRect(0, 0, width, height);
    paint(this.#context, { width, height });
  }

  remove(): void {
    this.#canvas.remove();
  }
}
