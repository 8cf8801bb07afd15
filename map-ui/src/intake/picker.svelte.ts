import type { Position } from '../api/types';
import { selection } from '../console/selection.svelte';

type Taker = (position: Position) => void;

// Who gets the point that is picked on the map: the form that was opened last, else the call being taken.
class Picker {
  private readonly forms: Taker[] = [];

  // Returns how to stop asking.
  ask(taker: Taker): () => void {
    this.forms.push(taker);
    return () => {
      this.forms.splice(this.forms.indexOf(taker), 1);
    };
  }

  picked(position: Position, otherwise: Taker): void {
    selection.picking = false;
    (this.forms.at(-1) ?? otherwise)(position);
  }
}

export const picker = new Picker();
