package org.irisgraph.ledger;

import org.irisgraph.iris.SharedTarget;
import org.irisgraph.iris.TestTarget;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On a database whose encoding is LATIN1. */
@Tag("slow")
class RefusedLedgerRowPostgresIT extends RefusedLedgerRowContract {

  @RegisterExtension
  static final SharedTarget SERVER = new SharedTarget(TestTarget::latin1Postgres);

  @Override
  protected TestTarget open() {
    return SERVER.get();
  }

  /** The encoding does. */
  @Override
  protected void refuseOtherThanLatin1() {}
}
