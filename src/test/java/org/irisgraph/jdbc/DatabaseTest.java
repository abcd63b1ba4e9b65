package org.irisgraph.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.irisgraph.iris.TestTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 300, unit = TimeUnit.SECONDS)
class DatabaseTest {

  @Test
  void endsTheWaitWhenItsLastUserClosesIt() throws Exception {
    try (TestTarget target = TestTarget.h2()) {
      Database first = Database.acquire(target.settings());
      Database second = Database.acquire(target.settings());
      first.close();
      CompletableFuture<Boolean> closed =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return Database.awaitClosed(target.settings());
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThat(Database.open().contains(target.settings()), is(true));

      second.close();

      assertThat(closed.get(), is(true));
      assertThat(Database.open().contains(target.settings()), is(false));
    }
  }

  @Test
  void reportsAfterAWhileThatItIsStillInUse() throws Exception {
    try (TestTarget target = TestTarget.h2();
        Database database = Database.acquire(target.settings())) {
      assertThat(Database.awaitClosed(target.settings()), is(false));
      assertThat(database.query(connection -> connection.isClosed()), is(false));
    }
  }

  @Test
  void isClosedBeforeItIsOpened() throws Exception {
    try (TestTarget target = TestTarget.h2()) {
      assertThat(Database.awaitClosed(target.settings()), is(true));
    }
  }
}
