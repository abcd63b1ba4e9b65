package org.irisgraph.options;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.net.URL;
import java.net.URLClassLoader;
import org.apache.flink.client.program.StreamContextEnvironment;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.DefaultExecutorServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A cluster itself calls the program in {@code FlinkClusterIT}. */
class InsideFlinkTest {

  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  @AfterEach
  void restore() {
    Thread.currentThread().setContextClassLoader(before);
  }

  @Test
  void isNotWhereTheProgramWasStartedByItself() {
    assertThat(InsideFlink.isInsideFlink(), is(false));
  }

  @Test
  void isNotWhereOnlyTheClassLoaderIsAnother() throws Exception {
    try (URLClassLoader another = new URLClassLoader(new URL[0])) {
      Thread.currentThread().setContextClassLoader(another);

      assertThat(InsideFlink.isInsideFlink(), is(false));
    }
  }

  @Test
  void isWhereFlinkCallsTheProgram() throws Exception {
    try (URLClassLoader program = new URLClassLoader(new URL[0])) {
      Thread.currentThread().setContextClassLoader(program);
      StreamContextEnvironment.setAsContext(
          new DefaultExecutorServiceLoader(), new Configuration(), program, false, false);
      try {
        assertThat(InsideFlink.isInsideFlink(), is(true));
      } finally {
        StreamContextEnvironment.unsetAsContext();
      }
    }
  }
}
