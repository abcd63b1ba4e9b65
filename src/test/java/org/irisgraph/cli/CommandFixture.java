package org.irisgraph.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs commands on the text files of a directory, with a dictionary and an H2 file beside them. */
abstract class CommandFixture {

  @TempDir Path directory;

  /** The settings file. */
  String settings;

  /** The command that ran last. */
  CommandRun last;

  @BeforeEach
  void writeSettings() throws IOException {
    settings =
        write(
                "corpus.yaml",
                """
                input: %1$s/*.txt
                dictionary: %1$s/terms.tsv
                jdbcUrl: jdbc:h2:%1$s/graph
                linkEntities: nodes
                targetParallelism: 1
                """
                    .formatted(directory))
            .toString();
  }

  final Path write(String file, String text) throws IOException {
    return Files.writeString(directory.resolve(file), text);
  }

  /** Runs a command, which {@link #last} then is, and returns its exit code. */
  final int execute(Object... arguments) {
    last = CommandRun.of(arguments);
    return last.exitCode();
  }
}
