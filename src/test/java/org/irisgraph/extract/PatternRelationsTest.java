package org.irisgraph.extract;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.irisgraph.graph.Mention;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In these texts, names in capitals are drugs and names in brackets are diseases. */
class PatternRelationsTest {

  private static final Pattern NAME = Pattern.compile("[A-Z]{3,}|\\[[^\\]]+\\]");
  private static final String INDUCED_BY =
      """
      relations:
        - name: induced-by
          type: CAUSES
          source: drug
          target: disease
          pattern: '{target}(?: [a-z]+){0,2} induced by {source}'
          confidence: 0.7
      """;

  @Test
  void findsTheRelationThatASentenceStates() {
    String text = "We saw [fever]\n  that was  Induced by ASPIRIN.";
    List<StatedRelation> relations = relations(INDUCED_BY, text);

    assertThat(names(text, relations), contains("ASPIRIN causes [fever]"));
    assertThat(relations.get(0).confidence(), is(0.7));
  }

  @Test
  void relatesEachMentionOfAList() {
    String text = "[fever], [gout] and [pain] induced by ASPIRIN or IBUPROFEN";

    assertThat(
        names(text, relations(INDUCED_BY, text)),
        containsInAnyOrder(
            "ASPIRIN causes [fever]",
            "ASPIRIN causes [gout]",
            "ASPIRIN causes [pain]",
            "IBUPROFEN causes [fever]",
            "IBUPROFEN causes [gout]",
            "IBUPROFEN causes [pain]"));
  }

  @Test
  void relatesAShortFormInBrackets() {
    String text = "[fever] induced by ASPIRIN (ASA)";

    assertThat(
        names(text, relations(INDUCED_BY, text)),
        containsInAnyOrder("ASPIRIN causes [fever]", "ASA causes [fever]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[fever] induced by [gout]",
        "ASPIRIN induced by [fever]",
        "[fever] was seen. It was induced by ASPIRIN",
        "[fever] that a much longer phrase says was induced by ASPIRIN",
        "[fever] not induced by the drug. ASPIRIN",
        "no names at all induced by anything",
      })
  void ignoresOtherTexts(String text) {
    assertThat(relations(INDUCED_BY, text), is(empty()));
  }

  @Test
  void matchesAnyTypeByDefaultAndSkipsOtherEntities() {
    String yaml =
        """
        relations:
          - {name: with, type: given_with, pattern: '{source}(?: {entity}| [a-z]+)* with {target}'}
        """;
    String text = "ASPIRIN against [fever] given with IBUPROFEN";

    assertThat(names(text, relations(yaml, text)), contains("ASPIRIN given_with IBUPROFEN"));
  }

  @Test
  void ignoresMaskingCharactersInTheText() {
    String text = "\uE000DISEASE\uE001 induced by ASPIRIN, [fever] induced by IBUPROFEN";

    assertThat(names(text, relations(INDUCED_BY, text)), contains("IBUPROFEN causes [fever]"));
  }

  @Test
  void limitsTheRelationsOfALongList() {
    String text = "[fever], ".repeat(2000) + "[gout] induced by ASPIRIN" + ", ASPIRIN".repeat(2000);

    assertThat(relations(INDUCED_BY, text), hasSize(100));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "pattern: '{source} to'; the pattern must have {target} once",
        "pattern: '{source} {source} {target}'; the pattern must have {source} once",
        "type: x; it has no pattern",
        "type: Co_Occurs_With, pattern: x; the type co_occurs_with is reserved for entities",
        "pattern: '{source} ({target}'; error parsing regexp: missing closing ): `source (target`",
        "patern: x; unknown key \"patern\"",
      })
  void namesTheMalformedPattern(String line, String message) {
    String type = line.startsWith("type") ? "" : ", type: x";
    String yaml = "relations: [{name: mine" + type + ", " + line + "}]";

    Exception thrown =
        assertThrows(IllegalArgumentException.class, () -> PatternRelations.parse("my.yaml", yaml));

    assertThat(thrown.getMessage(), startsWith("my.yaml: relation \"mine\": " + message));
  }

  @Test
  void findsTheExamplesOfTheSampleFile() throws IOException {
    String text =
        """
        ASPIRIN-induced [fever] was frequent. Severe [pain] associated with the use of IBUPROFEN.
        METFORMIN is effective in the treatment of [diabetes]. The [gout] was treated with COLCHICINE.
        We gave ASPIRIN to a patient with [asthma].
        """;
    String yaml = Files.readString(Path.of("pipelines/patterns/biomedical-relations.yaml"));

    assertThat(
        names(text, relations(yaml, text)).stream().distinct().toList(),
        containsInAnyOrder(
            "ASPIRIN causes [fever]",
            "IBUPROFEN causes [pain]",
            "METFORMIN treats [diabetes]",
            "COLCHICINE treats [gout]"));
  }

  private static List<StatedRelation> relations(String yaml, String text) {
    List<Mention> mentions = new ArrayList<>();
    Matcher matcher = NAME.matcher(text);
    while (matcher.find()) {
      String type = matcher.group().startsWith("[") ? "DISEASE" : "DRUG";
      mentions.add(new Mention(matcher.group(), type, matcher.start(), matcher.end(), 1, "test"));
    }
    return PatternRelations.parse("test.yaml", yaml).extract(Documents.of(text), mentions);
  }

  private static List<String> names(String text, List<StatedRelation> relations) {
    return relations.stream()
        .map(
            relation ->
                text(text, relation.source())
                    + " "
                    + relation.type().toLowerCase(Locale.ROOT)
                    + " "
                    + text(text, relation.target()))
        .toList();
  }

  private static String text(String text, Span span) {
    return text.substring(span.start(), span.end());
  }
}
