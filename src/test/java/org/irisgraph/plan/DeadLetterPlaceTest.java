package org.irisgraph.plan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.irisgraph.options.IndexingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterPlaceTest {

  private final IndexingOptions options = PipelineOptionsFactory.create().as(IndexingOptions.class);

  private Optional<String> place(String jdbcUrl) {
    options.setJdbcUrl(jdbcUrl);
    return DeadLetterPlace.of(options);
  }

  @Test
  void isBesideAnEmbeddedDatabaseElseInTheWorkingDirectory(@TempDir Path directory) {
    assertThat(
        place("jdbc:h2:" + directory + "/graph"), is(Optional.of(directory + "/dead-letters")));
    assertThat(place("jdbc:h2:./graph"), is(Optional.of("./dead-letters")));
    assertThat(place("jdbc:postgresql://host/x"), is(Optional.of("dead-letters")));
    assertThat(place("jdbc:h2:mem:x"), is(Optional.empty()));
  }

  @Test
  void isHiddenWhereTheInputWouldReadIt() {
    options.setInput(List.of("corpus/*.jsonl", "./**.jsonl"));
    assertThat(place("jdbc:postgresql://host/x"), is(Optional.of(".dead-letters")));
    assertThat(place("jdbc:h2:/elsewhere/graph"), is(Optional.of("/elsewhere/dead-letters")));

    options.setInput(List.of("*.jsonl", "corpus/**"));
    assertThat(place("jdbc:postgresql://host/x"), is(Optional.of("dead-letters")));
    assertThat(place("jdbc:h2:./corpus/graph"), is(Optional.of("./corpus/.dead-letters")));
  }

  @Test
  void isWhereTheOptionsSayOrNowhere() {
    options.setDeadLetters("elsewhere");
    assertThat(place("jdbc:h2:./graph"), is(Optional.of("elsewhere")));
    options.setDeadLetters("none");
    assertThat(place("jdbc:h2:./graph"), is(Optional.empty()));
  }

  @Test
  void isNowhereByDefaultIfNothingCanBeWrittenThere(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("dead-letters"), "a file");

    assertThat(place("jdbc:h2:" + directory + "/graph"), is(Optional.empty()));
  }
}
