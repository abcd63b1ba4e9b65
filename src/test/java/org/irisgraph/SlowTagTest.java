package org.irisgraph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code mvn verify} runs what has the tag {@code slow}; without it, a class would never run. */
class SlowTagTest {

  @Test
  void everyTestThatNeedsAServerHasIt() throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.walk(Path.of("src/test/java"))) {
      files = all.filter(file -> file.toString().endsWith("IT.java")).toList();
    }
    assertThat(files, is(not(empty())));
    for (Path file : files) {
      assertThat(file.toString(), Files.readString(file, UTF_8), containsString("@Tag(\"slow\")"));
    }
  }
}
