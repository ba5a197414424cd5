import type { CodeReader } from './detector';

/** `refused`: not allowed by whoever holds the tablet; `insecure`: browsers open a camera over https only. */
export type CameraState = 'starting' | 'on' | 'refused' | 'none' | 'insecure' | 'failed';

/** Between two pictures: often enough to seem at once, seldom enough for a warm hand. */
const lookEveryMs = 150;

/** The camera, looked through for codes until one is found. */
export class Camera {
  state = $state<CameraState>('starting');
  #stream: MediaStream | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  async start(
    video: HTMLVideoElement,
    openReader: () => Promise<CodeReader>,
    found: (text: string) => void,
  ): Promise<void> {
    // Typed as always there, and absent on pages that came over plain http.
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    if (devices === undefined) {
      this.state = 'insecure';
      return;
    }
    try {
      const wanted = { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } };
      this.#stream = await devices.getUserMedia({ video: wanted, audio: false });
      if (this.#stopped) {
        this.#release();
        return;
      }
      video.srcObject = this.#stream;
      await video.play();
      const reader = await openReader();
      this.state = 'on';
      this.#look(video, reader, found);
    } catch (error) {
      this.state = stateOf(error);
      this.#release();
    }
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#release();
  }

  #look(video: HTMLVideoElement, reader: CodeReader, found: (text: string) => void): void {
    const next = (): void => {
      if (!this.#stopped) this.#timer = setTimeout(() => this.#look(video, reader, found), lookEveryMs);
    };
    reader.detect(video).then(
      ([code]) => {
        if (this.#stopped) return;
        if (code !== undefined) found(code.rawValue);
        next();
      },
      // A picture that is not there yet: the next one is.
      next,
    );
  }

  #release(): void {
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#stream = null;
  }
}

function stateOf(error: unknown): CameraState {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'none' : 'failed';
}
