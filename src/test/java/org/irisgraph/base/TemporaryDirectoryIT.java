package org.irisgraph.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The directories of other processes, which live or were killed. */
@Tag("slow")
class TemporaryDirectoryIT {

  @TempDir private Path parent;

  @Test
  void deletesWhatAKilledProcessLeftAndNothingOfALivingOne() throws Exception {
    try (User killed = User.start(parent);
        User living = User.start(parent)) {
      assertThat(Files.exists(killed.directory), is(true));
      killed.process.destroyForcibly().waitFor();

      TemporaryDirectory.in(parent).close();

      assertThat(Files.exists(killed.directory), is(false));
      assertThat(Files.exists(living.directory.resolve("file")), is(true));
    }
  }

  /** A process that uses a directory until it is killed. */
  private record User(Process process, Path directory) implements AutoCloseable {

    static User start(Path parent) throws IOException {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  User.class.getName(),
                  parent.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader output =
          new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
      return new User(process, Path.of(output.readLine()));
    }

    @SuppressWarnings({"unused", "EffectivelyPrivate"}) // The entry of the other process.
    public static void main(String[] arguments) throws IOException {
      Path directory = TemporaryDirectory.in(Path.of(arguments[0])).path();
      Files.createFile(directory.resolve("file"));
      System.out.println(directory);
      // Ends, at the latest, with the process that started this one.
      System.in.read();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
