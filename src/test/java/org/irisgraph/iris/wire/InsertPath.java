package org.irisgraph.iris.wire;

/** Which of its two ways of sending the rows of an {@code INSERT} the driver takes. */
public enum InsertPath {
  /** Server feature option 0: every statement is executed by {@code PU} with plain rows. */
  STANDARD(0),

  /**
   * Server feature option 3: the rows of a plain {@code INSERT} of markers are checked by the
   * driver and sent in the layout of the table. {@code INSERT OR UPDATE} stays on the standard
   * path.
   */
  FAST(3);

  private final int featureOption;

  InsertPath(int featureOption) {
    this.featureOption = featureOption;
  }

  int featureOption() {
    return featureOption;
  }
}
