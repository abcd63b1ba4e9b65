package org.irisgraph.lease;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lease on a database server, where its holders may run on any machine. */
public abstract class LeaseContract {

  /** Long enough for a renewal on a busy machine. */
  private static final long LEASE_MILLIS = 1500;

  private static final ProcessIdentity SELF = ProcessIdentity.current();
  private static final ProcessIdentity ELSEWHERE =
      new ProcessIdentity("elsewhere", "machine", "boot", "", 42, 1);
  private static final ProcessIdentity DEAD =
      new ProcessIdentity(
          SELF.host(),
          SELF.machineId(),
          SELF.bootId(),
          SELF.pidNamespace(),
          SELF.pid(),
          SELF.start() - 1);

  private final TestTarget target = target();
  private final String table = target.in("RAG.IndexingLease");
  private Connection launcher;

  /** The server, which runs until all tests have ended. */
  protected abstract TestTarget target();

  @BeforeEach
  void connect() throws Exception {
    target.clearSchema("RAG");
    launcher = Database.connect(target.settings());
  }

  @AfterEach
  void disconnect() throws Exception {
    launcher.close();
    target.clearSchema("RAG");
    assertThat("leases that are still renewed", LeaseKeeper.openLeases(), is(0));
  }

  @Test
  void goesToOneRunAndThenToTheNext() throws Exception {
    PipelineLease first = lease("run-1", SELF);
    assertThat(first.acquire(launcher, true, () -> false), is(true));
    assertThat(held(), is(List.of("nightly|run-1")));
    first.release(launcher);
    assertThat(held(), is(List.of()));
    PipelineLease second = lease("run-2", SELF);
    assertThat(second.acquire(launcher, false, () -> false), is(true));
    second.release(launcher);
  }

  @Test
  void isTakenAgainByTheRunThatHasNotHeardThatItHasIt() throws Exception {
    PipelineLease unheard = lease("run-1", SELF);
    unheard.acquire(launcher, true, () -> false);
    unheard.close();
    PipelineLease lease = lease("run-1", SELF);
    AtomicInteger looks = new AtomicInteger();

    assertThat(lease.acquire(launcher, true, () -> looks.incrementAndGet() > 1), is(true));
    // Renewed: a run that has seen it unchanged for long cannot take it over any more.
    assertThat(target.rows("SELECT renewals FROM " + table), is(List.of("1")));
    lease.release(launcher);

    assertThat(held(), is(List.of()));
  }

  @Test
  void keepsAnotherRunOutWhileItIsRenewed() throws Exception {
    PipelineLease first = lease("run-1", ELSEWHERE);
    first.acquire(launcher, true, () -> false);
    LeaseHeldException refused =
        assertThrows(
            LeaseHeldException.class,
            () -> lease("run-2", SELF).acquire(launcher, true, () -> false));
    assertThat(
        refused.getMessage(),
        startsWith(
            "pipeline nightly is running: run run-1 (process 42 on host elsewhere) since 20"));
    first.release(launcher);
  }

  @Test
  void leavesOtherPipelinesAlone() throws Exception {
    PipelineLease first = lease("run-1", SELF);
    first.acquire(launcher, true, () -> false);
    PipelineLease other =
        new PipelineLease(
            new LeaseSettings(table, "weekly", "run-2", LEASE_MILLIS),
            target.settings(),
            SELF,
            false);
    assertThat(other.acquire(launcher, true, () -> false), is(true));
    first.release(launcher);
    other.release(launcher);
  }

  @Test
  void isTakenFromADeadProcessAtOnce() throws Exception {
    PipelineLease dead = lease("run-1", DEAD, 3_600_000);
    dead.acquire(launcher, true, () -> false);
    dead.close();
    PipelineLease next = lease("run-2", SELF);
    // The lease itself would expire after an hour.
    assertTimeoutPreemptively(
        Duration.ofMinutes(2),
        () -> assertThat(next.acquire(launcher, true, () -> false), is(true)));
    assertThat(held(), is(List.of("nightly|run-2")));
    next.release(launcher);
  }

  @Test
  void isTakenFromAHolderThatDoesNotRenewIt() throws Exception {
    PipelineLease silent = lease("run-1", ELSEWHERE);
    silent.acquire(launcher, true, () -> false);
    silent.close();
    PipelineLease next = lease("run-2", SELF);
    assertThat(next.acquire(launcher, true, () -> false), is(true));
    assertThat(held(), is(List.of("nightly|run-2")));
    next.release(launcher);
  }

  @Test
  void aWriterThatHasLostItCannotCommit() throws Exception {
    PipelineLease first = lease("run-1", ELSEWHERE);
    first.acquire(launcher, true, () -> false);
    first.guard().verify(launcher);
    target.execute("UPDATE %s SET run_id = 'run-2'".formatted(table));
    assertThat(refusal(first), containsString("run run-1 of pipeline nightly"));
    first.release(launcher);
    assertThat("another run's lease is not given back", held(), is(List.of("nightly|run-2")));
  }

  @Test
  void aWriterCommitsNothingOnceItsRunIsEnding() throws Exception {
    PipelineLease first = lease("run-1", SELF);
    first.acquire(launcher, true, () -> false);
    first.guard().verify(launcher);

    first.guard().close();

    assertThat(
        verify(first),
        is(Optional.of("run run-1 of pipeline nightly is ending: it commits nothing any more")));
    first.release(launcher);
    assertThat(held(), is(List.of()));
  }

  @Test
  void asksForAnotherNameIfTheDatabaseCannotHoldThatOfThePipeline() {
    String name = "n".repeat(300);
    PipelineLease lease =
        new PipelineLease(
            new LeaseSettings(table, name, "run-1", LEASE_MILLIS), target.settings(), SELF, false);

    StoreException.Configuration refused =
        assertThrows(
            StoreException.Configuration.class, () -> lease.acquire(launcher, true, () -> false));

    assertThat(
        refused.getMessage(),
        startsWith(
            "the database cannot hold the name of the pipeline, %s; choose another --pipeline: "
                .formatted(name)));
  }

  @Test
  void aWriterThatWasSuspendedVerifiesInItsTransactionBeforeItCommits() throws Exception {
    PipelineLease first = lease("run-1", ELSEWHERE, 1);
    first.acquire(launcher, true, () -> false);
    launcher.setAutoCommit(false);
    first.guard().verify(launcher);
    launcher.commit();
    target.execute("UPDATE %s SET run_id = 'run-2'".formatted(table));
    assertThrows(StoreException.Fenced.class, () -> first.guard().verify(launcher));
    launcher.rollback();
    launcher.setAutoCommit(true);
    first.close();
  }

  @Test
  void aWriterOfARunThatHasReleasedItCannotCommit() throws Exception {
    PipelineLease first = lease("run-1", SELF);
    first.acquire(launcher, true, () -> false);
    LeaseKeeper kept = LeaseKeeper.open(settings("run-1", LEASE_MILLIS), target.settings());
    first.release(launcher);
    assertThrows(StoreException.Fenced.class, () -> kept.verify(launcher));
    kept.close();
  }

  @Test
  void waitingEndsWhenTheRunIsStopped() throws Exception {
    PipelineLease first = lease("run-1", ELSEWHERE, 3_600_000);
    first.acquire(launcher, true, () -> false);
    assertThat(lease("run-2", SELF).acquire(launcher, true, () -> true), is(false));
    first.release(launcher);
  }

  @Test
  void namesTheStatementsOfAMissingTable() {
    StoreException missing =
        assertThrows(
            StoreException.class, () -> lease("run-1", SELF).acquire(launcher, false, () -> false));
    assertThat(missing.getMessage(), containsString("CREATE TABLE " + table));
  }

  /** Waits until a writer is refused, at the latest when the lease has expired. */
  private String refusal(PipelineLease lease) {
    return Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> verify(lease), Optional::isPresent)
        .orElseThrow();
  }

  private Optional<String> verify(PipelineLease lease) throws Exception {
    try {
      lease.guard().verify(launcher);
      return Optional.empty();
    } catch (StoreException.Fenced e) {
      return Optional.of(e.getMessage());
    }
  }

  private PipelineLease lease(String runId, ProcessIdentity self) {
    return lease(runId, self, LEASE_MILLIS);
  }

  private PipelineLease lease(String runId, ProcessIdentity self, long millis) {
    return new PipelineLease(settings(runId, millis), target.settings(), self, false);
  }

  private LeaseSettings settings(String runId, long millis) {
    return new LeaseSettings(table, "nightly", runId, millis);
  }

  private List<String> held() throws Exception {
    return target.rows("SELECT pipeline, run_id FROM " + table);
  }
}
