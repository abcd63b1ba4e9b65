package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.sql.ResultSet;
import java.util.Optional;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.Fault;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.jdbc.LauncherConnection;
import org.joda.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the threshold through the real driver. */
@Timeout(300)
class LockThresholdCheckTest {

  private IrisWireServer server;
  private TestTarget target;
  private LauncherConnection launcher;

  @BeforeEach
  void start() throws Exception {
    server = IrisWireServer.start();
    target = TestTarget.iris(server);
    launcher = LauncherConnection.open(target.settings(), Duration.standardSeconds(9), () -> false);
  }

  @AfterEach
  void stop() throws Exception {
    launcher.close();
    target.close();
  }

  private Optional<String> warning(int batchRows) throws Exception {
    return LockThresholdCheck.warning(launcher, target.settings().dialect(), batchRows);
  }

  @Test
  void saysWhatToSetIfATransactionWouldLockATable() throws Exception {
    server.setLockThreshold(200);

    assertThat(
        warning(201).orElseThrow(),
        allOf(
            containsString("more than 200 of its rows"),
            containsString("batchRows is 201"),
            containsString("set batchRows=200 or less")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 999, 1_000})
  void isSilentUpToTheThreshold(int batchRows) throws Exception {
    assertThat(warning(batchRows), is(Optional.empty()));
  }

  @Test
  void goesOnWithAServerThatHangsUp() throws Exception {
    server.execute("CREATE TABLE T.Kept (id INTEGER)");
    server.inject(Fault.dropBefore().on(IrisWireServer.CLASS_METHOD));

    assertThat(warning(10_000), is(Optional.empty()));
    try (ResultSet one =
        launcher.get().createStatement().executeQuery("SELECT COUNT(*) FROM T.Kept")) {
      assertThat(one.next(), is(true));
    }
  }
}
