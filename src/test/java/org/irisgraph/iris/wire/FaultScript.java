package org.irisgraph.iris.wire;

import java.util.ArrayList;
import java.util.List;

/** The faults that are still to come, consumed in the order in which they were injected. */
final class FaultScript {
  private static final class Pending {
    private final Fault fault;
    private int toSkip;
    private int left;
    private boolean armed;

    Pending(Fault fault) {
      this.fault = fault;
      toSkip = fault.skipped();
      left = fault.times();
    }
  }

  private final List<Pending> pending = new ArrayList<>();

  synchronized void add(Fault fault) {
    pending.add(new Pending(fault));
  }

  synchronized void clear() {
    pending.clear();
  }

  /** How often faults are still to strike. */
  synchronized int remaining() {
    return pending.stream().mapToInt(entry -> entry.left).sum();
  }

  /** The fault that hits this message, or null; a message counts for one fault only. */
  synchronized Fault take(LoggedMessage message) {
    for (Pending entry : pending) {
      boolean wasArmed = entry.armed || entry.fault.armedBy().isEmpty();
      entry.armed = wasArmed || entry.fault.isArmedBy(message);
      if (!wasArmed || entry.left == 0 || !entry.fault.matches(message)) {
        continue;
      }
      if (entry.toSkip == 0) {
        entry.left--;
        return entry.fault;
      }
      entry.toSkip--;
    }
    return null;
  }
}
