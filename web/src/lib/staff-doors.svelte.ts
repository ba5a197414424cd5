const storageKey = 'whereabouts.staff-doors';

/** Whether ways may lead through doors that open for staff only: asked once, kept on this device. */
class StaffDoors {
  open = $state(localStorage.getItem(storageKey) !== 'closed');

  choose(open: boolean): void {
    this.open = open;
    localStorage.setItem(storageKey, open ? 'open' : 'closed');
  }
}

export const staffDoors = new StaffDoors();
