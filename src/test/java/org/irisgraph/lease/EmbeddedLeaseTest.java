package org.irisgraph.lease;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.util.List;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.spec.CommitGuard;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.StoreException;
import org.junit.jupiter.api.Test;

/** The lease in an embedded database, which lasts until its process ends. */
class EmbeddedLeaseTest {

  private static final ProcessIdentity SELF = ProcessIdentity.current();

  @Test
  void isNotTakenFromALiveProcessHoweverOldItIs() throws Exception {
    try (TestTarget h2 = TestTarget.h2();
        Connection launcher = Database.connect(h2.settings())) {
      PipelineLease first = lease(h2, "run-1", SELF);
      first.acquire(launcher, true, () -> false);
      assertThat("nothing to renew", first.guard(), is(CommitGuard.NONE));
      assertThrows(
          LeaseHeldException.class,
          () -> lease(h2, "run-2", SELF).acquire(launcher, true, () -> false));
    }
  }

  @Test
  void isTakenAtOnceFromAProcessThatNoLongerHasTheDatabaseOpen() throws Exception {
    try (TestTarget h2 = TestTarget.h2();
        Connection launcher = Database.connect(h2.settings())) {
      PipelineLease elsewhere =
          lease(h2, "run-1", new ProcessIdentity("elsewhere", "machine", "boot", "", 42, 1));
      elsewhere.acquire(launcher, true, () -> false);
      assertThat(lease(h2, "run-2", SELF).acquire(launcher, true, () -> false), is(true));
      assertThat(h2.rows("SELECT run_id FROM RAG.IndexingLease"), is(List.of("run-2")));
    }
  }

  @Test
  void asksForAnotherNameIfTheDatabaseCannotHoldThatOfThePipeline() throws Exception {
    try (TestTarget h2 = TestTarget.h2();
        Connection launcher = Database.connect(h2.settings())) {
      PipelineLease lease =
          new PipelineLease(
              new LeaseSettings("RAG.IndexingLease", "n".repeat(300), "run-1", 500),
              h2.settings(),
              SELF,
              false);

      StoreException.Configuration refused =
          assertThrows(
              StoreException.Configuration.class, () -> lease.acquire(launcher, true, () -> false));

      assertThat(refused.getMessage(), containsString("; choose another --pipeline: "));
      assertThat(h2.count("RAG.IndexingLease"), is(0L));
    }
  }

  private static PipelineLease lease(TestTarget target, String runId, ProcessIdentity self) {
    return new PipelineLease(
        new LeaseSettings("RAG.IndexingLease", "nightly", runId, 500),
        target.settings(),
        self,
        false);
  }
}
