package org.irisgraph.iris;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.irisgraph.iris.spec.WriteMode;
import org.irisgraph.iris.spec.WriteStatements;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.Dialects;
import org.irisgraph.jdbc.IrisHint;
import org.irisgraph.jdbc.PasswordReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WriteStatementsTest {

  private static final String IRIS = "jdbc:IRIS://localhost:1972/USER";

  @Test
  void putsTheHintsAfterTheVerb() {
    Dialect iris = Dialects.of(IRIS);
    Set<IrisHint> all = EnumSet.allOf(IrisHint.class);

    assertThat(
        iris.withHints(iris.insert("T.A", List.of("x", "y")), all),
        is("INSERT %NOLOCK %NOCHECK %NOINDEX INTO T.A (x, y) VALUES (?, ?)"));
    assertThat(
        iris.withHints(iris.upsert("T.A", List.of("x"), List.of("x")), EnumSet.of(IrisHint.NOLOCK)),
        is("INSERT OR UPDATE %NOLOCK T.A (x) VALUES (?)"));
    assertThat(iris.buildIndexes("T.A"), is("BUILD INDEX FOR TABLE T.A"));
  }

  @Test
  void givesAnUpsertNoHintButNolock() {
    WriteStatements statements =
        new WriteStatements(WriteMode.INSERT, EnumSet.allOf(IrisHint.class));

    assertThat(statements.hintsOfUpserts(), contains(IrisHint.NOLOCK));
    assertThat(statements.defersIndexes(), is(true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:h2:mem:t", "jdbc:postgresql://localhost/t"})
  void hasNoHintsForOtherDatabases(String url) {
    Dialect dialect = Dialects.of(url);

    assertThat(dialect.insert("T.A", List.of("x")), is("INSERT INTO T.A (x) VALUES (?)"));
    assertThat(dialect.withHints("INSERT", Set.of()), is("INSERT"));
    assertThat(
        messageOf(() -> dialect.withHints("INSERT", Set.of(IrisHint.NOLOCK))),
        containsString("no hints"));
    assertThat(
        messageOf(
            () ->
                new WriteStatements(WriteMode.UPSERT, Set.of(IrisHint.NOLOCK))
                    .check(dialect, null)),
        is("hints are for IRIS, not for " + dialect.name()));
  }

  @ParameterizedTest
  @EnumSource(
      value = IrisHint.class,
      names = {"NOCHECK", "NOINDEX"})
  void refusesHintsThatWouldStoreARowTwice(IrisHint hint) {
    assertThat(
        messageOf(() -> IrisIO.write().withWriteMode(WriteMode.UPSERT, hint)),
        is("[%s] needs writeMode insert: an upsert has to find an existing row".formatted(hint)));
    assertThat(
        messageOf(
            () ->
                new WriteStatements(WriteMode.INSERT, Set.of(hint)).check(Dialects.of(IRIS), null)),
        containsString("needs withOutcomes"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"INSERT | INSERT [NOLOCK]", "UPSERT | UPSERT [NOLOCK]"})
  void isShown(WriteMode mode, String shown) {
    IrisIO.Write<Object> write =
        IrisIO.write()
            .withConnection(
                new ConnectionSettings(IRIS, null, PasswordReference.of(null), Map.of(), 1))
            .withWriteMode(mode, IrisHint.NOLOCK);

    assertThat(DisplayData.from(write).toString(), containsString(shown));
    assertThat(DisplayData.from(IrisIO.write()).toString(), not(containsString("NOLOCK")));
  }

  private static String messageOf(org.junit.jupiter.api.function.Executable executable) {
    return assertThrows(IllegalArgumentException.class, executable).getMessage();
  }
}
