/** Time travelled: the integral of the speed slider, so that moving the slider moves nobody. */

/** Seconds travelled in a second of video at full speed; slider 0.5 is everyday speed. */
const FULL_SPEED = 2;

export class Travel {
  private speed: number;
  private sinceSeconds = 0;
  private travelled = 0;

  /** @param speed the slider, in [0, 1] */
  constructor(speed: number) {
    this.speed = speed;
  }

  /** Seconds at everyday speed that have been travelled at a time of the video. */
  secondsAt(seconds: number): number {
    return this.travelled + (seconds - this.sinceSeconds) * this.speed * FULL_SPEED;
  }

  /** From `seconds` on at another speed. */
  changeSpeed(speed: number, seconds: number): void {
    this.travelled = this.secondsAt(seconds);
    this.sinceSeconds = seconds;
    this.speed = speed;
  }
}
