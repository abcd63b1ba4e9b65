package org.irisgraph.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A class path has the drivers of the databases that a pipeline uses, and no others. */
class MissingDriverTest {

  /** Loads this project's classes anew, and no driver but one. */
  private static final class OneDriver extends ClassLoader {

    private static final List<String> DRIVERS =
        List.of("org.h2.", "org.postgresql.", "com.intersystems.");

    private final String driver;

    OneDriver(String driver) {
      super(MissingDriverTest.class.getClassLoader());
      this.driver = driver;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (DRIVERS.stream().anyMatch(name::startsWith) && !name.startsWith(driver)) {
        throw new ClassNotFoundException(name);
      }
      synchronized (getClassLoadingLock(name)) {
        return name.startsWith("org.irisgraph.") ? own(name) : super.loadClass(name, resolve);
      }
    }

    private Class<?> own(String name) throws ClassNotFoundException {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (file == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = file.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  /** Gives the reason why a URL cannot be connected to; loaded by {@link OneDriver}. */
  public static final class Refusal implements UnaryOperator<String> {
    @Override
    public String apply(String url) {
      ConnectionSettings settings =
          new ConnectionSettings(url, null, PasswordReference.of(null), Map.of(), 1);
      try {
        Database.connect(settings).close();
        return "none";
      } catch (SQLException e) {
        return ErrorClassifier.ofConnect(settings.dialect(), e)
            + " "
            + ErrorClassifier.message(e).lines().findFirst().orElseThrow();
      }
    }
  }

  @SuppressWarnings("unchecked") // The class is the one above.
  private static String refusal(String driver, String url) throws ReflectiveOperationException {
    return ((UnaryOperator<String>)
            new OneDriver(driver)
                .loadClass(Refusal.class.getName())
                .getDeclaredConstructor()
                .newInstance())
        .apply(url);
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:h2:mem:x, H2, com.h2database:h2",
    "jdbc:postgresql://localhost:1/x, PostgreSQL, org.postgresql:postgresql",
    "jdbc:IRIS://localhost:1/USER, InterSystems IRIS, com.intersystems:intersystems-jdbc"
  })
  void isNamedWithItsCoordinates(String url, String database, String coordinates) throws Exception {
    assertThat(
        refusal("none", url),
        is(
            "CONFIGURATION the driver of %s is not on the class path: add %s; on a Flink cluster, put its jar into Flink's lib directory on every machine, and restart Flink"
                .formatted(database, coordinates)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "org.h2.|jdbc:h2:./missing/x;IFEXISTS=TRUE|CONFIGURATION",
        "org.postgresql.|jdbc:postgresql://localhost:1/x|TRANSIENT",
        "com.intersystems.|jdbc:IRIS://localhost:1/USER|TRANSIENT"
      })
  void isNotNeededToDescribeTheErrorsOfAnother(String driver, String url, String errorClass)
      throws Exception {
    assertThat(refusal(driver, url).replaceFirst(" .*", ""), is(errorClass));
  }
}
