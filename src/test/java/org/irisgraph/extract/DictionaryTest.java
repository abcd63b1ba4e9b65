package org.irisgraph.extract;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DictionaryTest {

  private static final String FORM = ": write term, type and perhaps an id, with tabs between them";

  @Test
  void readsTermTypeAndIdAndSkipsHeaderAndBlankLines() throws IOException {
    Dictionary dictionary =
        parse("term\ttype\tcui\n\nmigraine\tdisease\tC0149931\r\n  \naspirin\tDrug\n");

    assertThat(dictionary.size(), is(2));
    assertThat(
        dictionary.find("aspirin for migraine"),
        contains(
            new Dictionary.Match(0, 7, new Dictionary.Term("aspirin", "DRUG", ""), "aspirin"),
            new Dictionary.Match(
                12, 20, new Dictionary.Term("migraine", "DISEASE", "C0149931"), "migraine")));
  }

  @Test
  void findsTheTermsOnBothSidesOfABlankLineAndNoneThatGoesOnOverIt() throws IOException {
    Dictionary dictionary = parse("heart attack\tDISEASE\nheart\tORGAN\nattack\tEVENT\n");

    assertThat(
        dictionary.find("Heart\n \nattack, heart\n  attack").stream()
            .map(match -> match.start() + " " + match.term().text())
            .toList(),
        contains("0 heart", "8 attack", "16 heart attack"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"term", "term\ttype", "Term\tType\tId", "terms\ttype", "\uFEFFterm\ttype"})
  void recognisesAHeader(String header) throws IOException {
    assertThat(parse(header + "\ngout\tDISEASE").size(), is(1));
  }

  @Test
  void readsATermThatStartsLikeAHeader() throws IOException {
    assertThat(
        found("terminal ileitis\tDISEASE", "a terminal ileitis"), contains("terminal ileitis"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gout             | the term \"gout\" has no type",
        "gout\\t          | the term \"gout\" has no type",
        "gout\\t \\tC1    | the term \"gout\" has no type",
        "\\tDISEASE       | the term is blank",
        "a\\tb\\tC\\tD    | there are 4 columns"
      })
  void namesTheMalformedLine(String line, String reason) {
    String content = "term\ttype\n\nmigraine\tDISEASE\n" + line.replace("\\t", "\t") + "\n";

    Exception thrown =
        assertThrows(
            IllegalArgumentException.class,
            () -> Dictionary.parse("my/dictionary.tsv", new StringReader(content)));

    assertThat(thrown.getMessage(), equalTo("my/dictionary.tsv line 4: " + reason + FORM));
  }

  @Test
  void namesATermWithoutALetter() {
    Exception thrown = assertThrows(IllegalArgumentException.class, () -> parse("--\tDISEASE\n"));

    assertThat(
        thrown.getMessage(),
        equalTo("test.tsv line 1: the term \"--\" has no letter and no digit"));
  }

  @Test
  void rejectsADictionaryWithoutTerms() {
    Exception thrown = assertThrows(IllegalArgumentException.class, () -> parse("term\ttype\n\n"));

    assertThat(thrown.getMessage(), equalTo("test.tsv has no terms" + FORM));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "breast cancer",
        "Breast Cancer",
        "BREAST\n   CANCER",
        "breast\u00A0\t\u2009cancer"
      })
  void matchesAnyCaseAndWhiteSpace(String text) throws IOException {
    assertThat(found("breast  cancer\tDISEASE", "a " + text + "."), contains(text));
  }

  @ParameterizedTest
  @CsvSource({
    "gout,   gouty",
    "gout,   ragout",
    "gout,   gout2",
    "cafe,   cafe\u0301",
    "x,      \uD835\uDEFCx",
    "Hodgkin lymphoma, a non-Hodgkin lymphoma",
    "small cell, NON\u2011small cell"
  })
  void matchesOnlyWholeWordsThatAreNotNegated(String term, String text) throws IOException {
    assertThat(found(term + "\tDISEASE", text), is(empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "cancer,           cancer-related death",
    "cancer,           post-cancer care",
    "cancer,           a canon-cancer thing",
    "non-small cell,   a non-small cell",
    "(R)-citrate,      the (R)-citrate test",
    "Crohn's disease,  Crohn\u2019s disease",
    "X-linked ataxia,  x\u2010linked ataxia"
  })
  void matchesEveryFormOfApostropheAndHyphen(String term, String text) throws IOException {
    assertThat(found(term + "\tDISEASE", text).size(), is(1));
  }

  @Test
  void prefersTheLeftmostMatchAndThenTheLongest() throws IOException {
    String dictionary =
        "lung\tX\nlung cancer\tX\ncancer stage one\tX\nnon-small cell lung cancer\tX";

    assertThat(
        found(dictionary, "lung cancer stage one, non-small cell lung cancer, lung"),
        contains("lung cancer", "non-small cell lung cancer", "lung"));
  }

  @Test
  void matchesAShorterTermIfTheLongerEndsInsideAWord() throws IOException {
    assertThat(found("lung\tX\nlung cancer\tX", "lung cancerous"), contains("lung"));
  }

  @Test
  void keepsOffsetsAfterCharactersWithALongerLowerCase() throws IOException {
    assertThat(found("gout\tDISEASE", "İİİ ẞ GOUT"), contains("GOUT"));
    assertThat(found("istanbul fever\tDISEASE", "İSTANBUL FEVER"), contains("İSTANBUL FEVER"));
    assertThat(found("νόσος\tDISEASE", "Η ΝΌΣΟΣ"), contains("ΝΌΣΟΣ"));
  }

  @Test
  void matchesAcronymsInTheirExactSpellingOnly() throws IOException {
    assertThat(
        found("AIDS\tX\neGFR\tX\nH S\tX", "hearing aids, Aids, AIDS, EGFR, eGFR, h s, H\nS"),
        contains("AIDS", "eGFR", "H\nS"));
    assertThat(
        found("GLIOMA\tX\nGout\tX\nm5\tX", "glioma GOUT gout M5"),
        contains("glioma", "GOUT", "gout", "M5"));
  }

  @ParameterizedTest
  @CsvSource({
    "CO\u2082, CO2 and CO\u2082 not co\u2082",
    "CO2, CO2 and CO\u2082 not Co2",
    "IL\u20106, IL-6 and IL\u20116 not il-6",
    "\uff29\uff2c6, IL6 and \uff29\uff2c6 not il6",
    "E\u0301GFR, \u00c9GFR and E\u0301GFR not \u00e9gfr"
  })
  void matchesAcronymsInEverySpellingButInOneCase(String term, String text) throws IOException {
    assertThat(parse(term + "\tX").find(text).size(), is(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TNF\u03b1", "TNFalpha", "tnfalpha", "TNF\u0391"})
  void takesATermForAnotherWithTheNameOfItsGreekLetter(String term) throws IOException {
    Dictionary dictionary = Dictionary.parse("genes", new StringReader(term + "\tGENE"), true);

    assertThat(dictionary.find("TNF\u03b1, TNFalpha, TNF\u0391").size(), is(3));
  }

  @Test
  void keepsTheCaseOfAShortTermWithAGreekLetter() throws IOException {
    Dictionary dictionary = Dictionary.parse("units", new StringReader("\u03bcM\tUNIT"), true);

    assertThat(dictionary.find("\u00b5M, muM, mum").size(), is(2));
  }

  @Test
  void findsANameThatIsDividedTwice() throws IOException {
    assertThat(
        found("graft-versus-host disease\tX", "a graft-\nversus-host dis-\nease"),
        contains("graft-\nversus-host dis-\nease"));
  }

  @Test
  void usesTheFirstOfTwoLinesWithTheSameTerm() throws IOException {
    Dictionary dictionary =
        parse("ALL\tDISEASE\nall\tWORD\nAll\tOTHER\nALL\tLATER\naLL\tODD\nEgg\tFOOD\negg\tCELL");

    assertThat(
        types(dictionary, "ALL all All aLL egg"),
        contains("DISEASE", "WORD", "WORD", "ODD", "FOOD"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "inflammatory bowel disease | an [inflam-/matory bowel dis-/ease]",
        "graft-versus-host disease  | in [graft-/versus-host disease]",
        "diabetes mellitus          | [dia\u00adbetes/ mel\u200blitus]",
        "Sj\u00f6gren syndrome        | [Sjo\u0308gren syndrome]",
        "Sjo\u0308gren syndrome       | [SJ\u00d6GREN SYNDROME]",
        "Crohn's disease            | [Crohn\u2019s \u00a0disease]",
        "cystic fibrosis            | [cystic \ufb01brosis]",
        "asthma                     | [asthma]\u2074 or",
        "aspirin                    | [\uff21\uff33\uff30\uff29\uff32\uff29\uff2e]",
        "\u7cd6\u5c3f\u75c5               | \u60a3[\u7cd6\u5c3f\u75c5]\u7684\u4eba",
        "\u30a2\u30b9\u30d4\u30ea\u30f3         |"
            + " [\u30a2\u30b9\u30d4\u30ea\u30f3]\u3092\u98f2\u3080",
        "\ub2f9\ub1e8\ubcd1               | [\ub2f9\ub1e8\ubcd1]\uc740",
        "\u0e40\u0e1a\u0e32\u0e2b\u0e27\u0e32\u0e19   |"
            + " \u0e1c\u0e39\u0e49[\u0e40\u0e1a\u0e32\u0e2b\u0e27\u0e32\u0e19]\u0e21\u0e32",
      })
  void findsATermInAnySpelling(String term, String marked) throws IOException {
    String text = marked.replace('/', '\n').replaceAll("[\\[\\]]", "");
    int start = marked.indexOf('[');
    int end = marked.indexOf(']') - 1;

    Dictionary.Match found = parse(term + "\tDISEASE").find(text).get(0);

    assertThat(new Span(found.start(), found.end()), is(new Span(start, end)));
    assertThat(found.term(), is(new Dictionary.Term(term, "DISEASE", "")));
  }

  @Test
  void namesWhatALineEndDividesAsTheTermIsSpelt() throws IOException {
    DictionaryExtractor extractor =
        new DictionaryExtractor(parse("graft-versus-host\tX\ninflammatory\tX"));
    assertThat(
        extractor.extract(Documents.of("graft-\nversus-host, inflam-\nmatory")).stream()
            .map(mention -> mention.text() + "=" + mention.name())
            .toList(),
        contains("graft-\nversus-host=graft-versus-host", "inflam-\nmatory=inflammatory"));
  }

  @Test
  void namesWhatALineEndDividesWithItsGreekLetter() throws IOException {
    DictionaryExtractor extractor =
        new DictionaryExtractor(
            Dictionary.parse("t", new StringReader("interferon-\u03b1-resistant\tX"), true));

    assertThat(
        extractor.extract(Documents.of("interferon-alpha-re-\nsistant")).get(0).name(),
        is("interferon-alpha-resistant"));
  }

  @Test
  void findsTermsInLinearTimeInARunOfNumbersInCircles() throws IOException {
    CountingText text = new CountingText("\u2460".repeat(20_000));

    assertThat(parse("11\tX\nvitamin b12\tX").find(text).size(), is(10_000));
    assertThat(text.readsPerCharacter(), lessThan(60.0));
  }

  @Test
  void takesGreekLettersForTheirNamesIfAskedTo() throws IOException {
    String terms = "TNF-alpha\tGENE\n\u03b2-catenin\tGENE";
    String text = "TNF-\u03b1 and beta-catenin";
    assertThat(
        Dictionary.parse("genes", new StringReader(terms), true).find(text).stream()
            .map(match -> text.substring(match.start(), match.end()))
            .toList(),
        contains("TNF-\u03b1", "beta-catenin"));
    assertThat(parse(terms).find(text), is(empty()));
  }

  /** Some of them are acronyms. */
  @Test
  @Timeout(300)
  @Tag("slow")
  void holdsHundredsOfThousandsOfTerms() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 400_000; i++) {
      lines.append(i % 1000 == 0 ? "AB" + i : "syndrome of type " + i).append("\tDISEASE\n");
    }

    Dictionary dictionary = parse(lines.toString());

    assertThat(dictionary.size(), is(400_000));
    assertThat(
        dictionary.find("Syndrome of type 399999, syndrome of type 3999990, AB0 and ab0").stream()
            .map(match -> match.term().text())
            .toList(),
        contains("syndrome of type 399999", "AB0"));
  }

  @Test
  void findsTermsInLinearTime() throws IOException {
    Dictionary dictionary = parse("breast cancer\tDISEASE\ncancer\tDISEASE\na\tX\na b a b\tX");
    CountingText text = new CountingText("Breast \n cancer a b a b a ".repeat(16_000));

    assertThat(dictionary.find(text).size(), is(16_000 * 3));
    assertThat(text.readsPerCharacter(), lessThan(10.0));
  }

  @Test
  void isSafeForSeveralThreads() throws Exception {
    Dictionary dictionary = parse("breast cancer\tDISEASE\ngout\tDISEASE");
    List<String> texts =
        IntStream.range(0, 200).mapToObj(i -> "gout and breast cancer ".repeat(i + 1)).toList();
    List<List<Dictionary.Match>> expected = texts.stream().map(dictionary::find).toList();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<List<Dictionary.Match>>> tasks =
          texts.stream()
              .map(text -> (Callable<List<Dictionary.Match>>) () -> dictionary.find(text))
              .toList();
      List<Future<List<Dictionary.Match>>> results = threads.invokeAll(tasks);
      for (int i = 0; i < results.size(); i++) {
        assertThat(results.get(i).get(), equalTo(expected.get(i)));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Dictionary parse(String content) throws IOException {
    return Dictionary.parse("test.tsv", new StringReader(content));
  }

  private static List<String> found(String content, String text) throws IOException {
    return parse(content).find(text).stream()
        .map(match -> text.substring(match.start(), match.end()))
        .toList();
  }

  private static List<String> types(Dictionary dictionary, String text) {
    return dictionary.find(text).stream().map(match -> match.term().type()).toList();
  }
}
