import type { Incident, Vehicle } from '../api/types';
import { feed } from '../feed/feed.svelte';
import { session } from '../session/session.svelte';

export type Tab = 'incident' | 'vehicles' | 'log' | 'roads' | 'reports';

// What of it is kept over a reload.
export interface Seat {
  incidentId: string | null;
  vehicleId: string | null;
  tab: Tab;
  centre: string;
  ranking: boolean;
  intakeOpen: boolean;
}

// What this seat looks at. Nothing here is stored at the server.
class Desk {
  incidentId = $state<string | null>(null);
  vehicleId = $state<string | null>(null);
  tab = $state<Tab>('vehicles');
  // Empty for every centre in view.
  centre = $state('');
  ranking = $state(false);
  picking = $state(false);
  intakeOpen = $state(true);
  helpOpen = $state(false);
  // The cases behind a number of the norms strip; null shows the whole queue.
  cases = $state.raw<ReadonlySet<string> | null>(null);

  readonly incident = $derived<Incident | null>(feed.state.incidents.get(this.incidentId ?? '') ?? null);
  readonly vehicle = $derived<Vehicle | null>(feed.state.vehicles.get(this.vehicleId ?? '') ?? null);
  readonly incidents = $derived(
    [...feed.state.incidents.values()].filter((it) => this.centre === '' || it.centre === this.centre),
  );
  readonly vehicles = $derived(
    [...feed.state.vehicles.values()].filter((it) => this.centre === '' || it.centre === this.centre),
  );

  openIncident(id: string, rank = false): void {
    this.incidentId = id;
    this.tab = 'incident';
    this.ranking = rank;
  }

  openVehicle(id: string): void {
    this.vehicleId = id;
    this.tab = 'vehicles';
  }

  seat(): Seat {
    const { incidentId, vehicleId, tab, centre, ranking, intakeOpen } = this;
    return { incidentId, vehicleId, tab, centre, ranking, intakeOpen };
  }

  sitDown(seat: Seat): void {
    Object.assign(this, seat);
  }

  forget(): void {
    this.sitDown({ incidentId: null, vehicleId: null, tab: 'vehicles', centre: '', ranking: false, intakeOpen: true });
    this.picking = false;
    this.helpOpen = false;
    this.cases = null;
  }

  // The centre that a command without a place of its own goes to.
  get ownCentre(): string {
    return this.centre !== '' ? this.centre : (session.current?.person.centre ?? '');
  }
}

export const selection = new Desk();
