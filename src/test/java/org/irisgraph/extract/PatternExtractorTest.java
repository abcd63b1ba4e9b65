package org.irisgraph.extract;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.irisgraph.graph.Mention;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PatternExtractorTest {

  @Test
  void findsTheMatchesOfEachPattern() {
    String yaml =
        """
        patterns:
          - name: gene
            type: gene
            regex: '\\b[A-Z]{2,5}\\d+\\b'
            confidence: 0.8
          - name: percent
            type: PERCENT
            regex: '\\d+ ?%'
        """;

    assertThat(
        extract(yaml, "TP53 in 12 % of BRCA1"),
        contains(
            new Mention("TP53", "GENE", 0, 4, 0.8, "pattern"),
            new Mention("12 %", "PERCENT", 8, 12, 0.9, "pattern"),
            new Mention("BRCA1", "GENE", 16, 21, 0.8, "pattern")));
  }

  @Test
  void returnsTheRequestedGroupIfItParticipatesInTheMatch() {
    String yaml = pattern("regex: 'gene (?:([A-Z]+)|x)'", "group: 1");

    assertThat(texts(extract(yaml, "gene x, gene ABC")), contains("ABC"));
  }

  @Test
  void findsWhatInvisibleCharactersAndLineEndsDivide() {
    String yaml = pattern("regex: '\\bTP53\\b|inflammatory|graft-versus-host'");

    assertThat(
        extract(yaml, "TP\u200b53, \u00e9 in\u00adflam-\nmatory graft-\nversus-host").stream()
            .map(mention -> mention.start() + " " + mention.name())
            .toList(),
        contains("0 TP53", "9 inflammatory", "25 graft-versus-host"));
  }

  @Test
  void keepsTheCharactersThatOthersLookLike() {
    assertThat(
        texts(extract(pattern("regex: '\\d+\u2013\\d+ \u00b5g\u00b2'"), "5\u20136 \u00b5g\u00b2")),
        contains("5\u20136 \u00b5g\u00b2"));
  }

  @Test
  void ignoresEmptyMatchesAndWhiteSpaceAroundOthers() {
    assertThat(texts(extract(pattern("regex: 'a*'"), "baab a")), contains("aa", "a"));
    assertThat(texts(extract(pattern("regex: '\\Wb\\W+'"), "a\u00A0b \u00A0 c")), contains("b"));
    assertThat(extract(pattern("regex: '\\s*'"), " a "), is(empty()));
  }

  @Test
  void resolvesOverlapsByLengthConfidenceAndOrder() {
    String yaml =
        """
        patterns:
          - {name: one, type: ONE, regex: 'abc'}
          - {name: two, type: TWO, regex: 'bcde'}
          - {name: three, type: THREE, regex: '\\d\\d', confidence: 0.95}
          - {name: four, type: FOUR, regex: '\\d\\d', confidence: 0.95}
          - {name: five, type: FIVE, regex: '12', confidence: 0.3}
        """;

    assertThat(
        extract(yaml, "abcde 12").stream().map(Mention::type).toList(), contains("TWO", "THREE"));
  }

  @Test
  void matchesInLinearTime() {
    String text = "a".repeat(100_000);

    assertThat(extract(pattern("regex: '(a+)+b'"), text), is(empty()));
  }

  @ParameterizedTest
  @MethodSource("wrongFiles")
  void namesTheFileThePatternAndTheReason(String yaml, String message) {
    Exception thrown =
        assertThrows(
            IllegalArgumentException.class, () -> PatternExtractor.parse("my/p.yaml", yaml));

    assertThat(thrown.getMessage(), startsWith("my/p.yaml: " + message));
  }

  static Stream<Arguments> wrongFiles() {
    String known = "known are confidence, group, name, regex, type";
    return Stream.of(
        Arguments.of("", "expected a list of patterns under the key patterns"),
        Arguments.of("a: [", "line "),
        Arguments.of("patterns: []", "expected a list of patterns under the key patterns"),
        Arguments.of("pattern: []", "unknown key \"pattern\"; known is patterns"),
        Arguments.of("patterns: [{type: X}]", "pattern 1 has no name"),
        Arguments.of("patterns: [text]", "pattern 1 has no name"),
        Arguments.of("patterns: [{name: n, regex: a}]", "pattern \"n\": it has no type"),
        Arguments.of("patterns: [{name: n, type: X}]", "pattern \"n\": it has no regex"),
        Arguments.of(pattern("regex: a", "name: m"), "line "),
        Arguments.of(
            pattern("regex: a") + pattern("regex: a").lines().skip(1).reduce("", String::concat),
            "two patterns have the name \"n\""),
        Arguments.of(
            pattern("regex: a", "flags: i"), "pattern \"n\": unknown key \"flags\"; " + known),
        Arguments.of(
            pattern("regex: 'a(b'"),
            "pattern \"n\": error parsing regexp: missing closing ): `a(b`"),
        Arguments.of(pattern("regex: 'a(?=b)'"), "pattern \"n\": error parsing regexp: invalid"),
        Arguments.of(
            pattern("regex: a", "confidence: 1.5"),
            "pattern \"n\": confidence must be a number between 0 and 1"),
        Arguments.of(
            pattern("regex: a", "confidence: high"),
            "pattern \"n\": confidence must be a number between 0 and 1"),
        Arguments.of(
            pattern("regex: (a)", "group: 2"),
            "pattern \"n\": group must be a whole number between 0 and 1"));
  }

  private static String pattern(String... lines) {
    return "patterns:\n  - {name: n, type: X, " + String.join(", ", lines) + "}\n";
  }

  private static List<Mention> extract(String yaml, String text) {
    return PatternExtractor.parse("test.yaml", yaml).extract(Documents.of(text));
  }

  private static List<String> texts(List<Mention> mentions) {
    return mentions.stream().map(Mention::text).toList();
  }
}
