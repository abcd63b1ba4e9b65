package org.irisgraph.lease;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.irisgraph.lease.ProcessIdentity.Liveness;
import org.junit.jupiter.api.Test;

class ProcessIdentityTest {

  private static final ProcessIdentity SELF = ProcessIdentity.current();

  @Test
  void aProcessIsAliveToItself() {
    assertThat(ProcessIdentity.current().seenFrom(SELF), is(Liveness.ALIVE));
  }

  @Test
  void aProcessIsDeadOnceItWasKilled() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Sleeper.class.getName())
            .start();
    ProcessIdentity other;
    try {
      other = withPid(process.pid(), ProcessIdentity.startOf(process.pid()));
      assertThat(other.seenFrom(SELF), is(Liveness.ALIVE));
    } finally {
      process.destroyForcibly();
    }
    process.waitFor(120, TimeUnit.SECONDS);
    assertThat(other.seenFrom(SELF), is(Liveness.DEAD));
  }

  /** Waits until it is killed. */
  static final class Sleeper {
    public static void main(String[] arguments) throws IOException {
      System.in.read();
    }
  }

  @Test
  void aReusedPidIsAnotherProcess() {
    assertThat(withPid(SELF.pid(), SELF.start() - 1).seenFrom(SELF), is(Liveness.DEAD));
  }

  @Test
  void aProcessFromBeforeARebootIsDead() {
    ProcessIdentity here = new ProcessIdentity("indexer", "machine", "boot-2", "", 7, 1);
    assertThat(
        new ProcessIdentity("indexer", "machine", "boot-1", "", 7, 1).seenFrom(here),
        is(Liveness.DEAD));
  }

  @Test
  void processesOnOtherMachinesAndInOtherContainersAreUnknown() {
    ProcessIdentity here = new ProcessIdentity("indexer", "machine", "boot", "pid:[1]", 7, 1);
    assertThat(
        new ProcessIdentity("other", "machine", "boot", "pid:[1]", 7, 1).seenFrom(here),
        is(Liveness.UNKNOWN));
    assertThat(
        new ProcessIdentity("indexer", "machine", "boot", "pid:[2]", 7, 1).seenFrom(here),
        is(Liveness.UNKNOWN));
  }

  @Test
  void machinesWithTheSameNameAreDistinguishedByTheirIds() {
    ProcessIdentity here = new ProcessIdentity("ubuntu", "machine-2", "boot-2", "", 7, 1);
    assertThat(
        new ProcessIdentity("ubuntu", "machine-1", "boot-1", "", 7, 1).seenFrom(here),
        is(Liveness.UNKNOWN));
    ProcessIdentity container = new ProcessIdentity("ubuntu", "", "boot-2", "", 7, 1);
    assertThat(
        new ProcessIdentity("ubuntu", "", "boot-1", "", 7, 1).seenFrom(container),
        is(Liveness.UNKNOWN));
  }

  @Test
  void aJobOnAClusterIsUnknown() {
    assertThat(ProcessIdentity.NONE.seenFrom(SELF), is(Liveness.UNKNOWN));
  }

  private static ProcessIdentity withPid(long pid, long start) {
    return new ProcessIdentity(
        SELF.host(), SELF.machineId(), SELF.bootId(), SELF.pidNamespace(), pid, start);
  }
}
