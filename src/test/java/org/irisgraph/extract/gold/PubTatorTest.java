package org.irisgraph.extract.gold;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.irisgraph.extract.gold.GoldDocument.Name;
import org.irisgraph.extract.gold.GoldDocument.Relation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PubTatorTest {

  private static final String TEXT = "1|t|Gout.\n1|a|By thiazide.\n";

  @TempDir private Path directory;

  @Test
  void readsTextsAndNames() throws IOException {
    List<GoldDocument> documents =
        read(
            """
            1|t|Gout.
            1|a|By thiazide.
            1\t0\t4\tGout\tDisease\tD006073
            1\t9\t17\tthiazide\tChemical\tD049971|D1
            1\tCID\tD049971\tD006073

            2|t|Fever
            2|a|
            """);

    assertThat(documents, hasSize(2));
    assertThat(documents.get(0).text(), is("Gout.\nBy thiazide."));
    assertThat(
        documents.get(0).names(), contains(new Name("DISEASE", 0, 4), new Name("DRUG", 9, 17)));
    assertThat(documents.get(0).textOf(documents.get(0).names().get(1)), is("thiazide"));
    assertThat(
        documents.get(0).concepts(),
        is(
            Map.of(
                new Name("DISEASE", 0, 4), Set.of("D006073"),
                new Name("DRUG", 9, 17), Set.of("D049971", "D1"))));
    assertThat(
        documents.get(0).relations(), contains(new Relation("causes", "D049971", "D006073")));
    assertThat(documents.get(1).names(), hasSize(0));
    assertThat(documents.get(1).relations(), hasSize(0));
  }

  @Test
  void readsAFileWithAByteOrderMarkAndLineSeparatorsInTexts() throws IOException {
    List<GoldDocument> documents = read("\uFEFF1|t|Gout\u2028two\n1|a|By thiazide.\n");

    assertThat(documents.get(0).id(), is("1"));
    assertThat(documents.get(0).text(), is("Gout\u2028two\nBy thiazide."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1_0_4_Gout; line 3: the name has no type",
        "1_0_4_Gouty_Disease; line 3: the text does not have \"Gouty\" at 0 to 4",
        "1_0_900_Gout_Disease; line 3: the text does not have \"Gout\" at 0 to 900",
        "1_0_x4_Gout_Disease; line 3: \"x4\" is not a number",
        "2_0_4_Gout_Disease; line 3: the name belongs to 2, but the text above belongs to 1",
        "2|a|Other; line 3: the abstract of 2 does not follow its title",
        "some prose; line 3: expected ID|t|TITLE, ID|a|ABSTRACT, or ID, start, end, text and type"
            + " separated by tabs",
      })
  void namesTheMalformedLine(String line, String message) {
    assertThat(failure(TEXT + line.replace('_', '\t') + "\n"), endsWith(message));
  }

  @Test
  void rejectsFilesWithoutDocuments() {
    assertThat(failure("\n"), endsWith("has no documents in the format of PubTator"));
    assertThat(
        failure("1|t|Gout\n"),
        endsWith("line 1: the document 1 above has a title but no abstract"));
  }

  @Test
  void rejectsOtherEncodings() throws IOException {
    Path file = directory.resolve("latin1.txt");
    Files.write(file, "1|t|Sjögren\n1|a|\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(
        assertThrows(GoldFormatException.class, () -> PubTator.read(file)).getMessage(),
        endsWith("is not UTF-8"));
  }

  private String failure(String content) {
    return assertThrows(GoldFormatException.class, () -> read(content)).getMessage();
  }

  private List<GoldDocument> read(String content) throws IOException {
    return PubTator.read(Files.writeString(directory.resolve("gold.txt"), content));
  }

  @ParameterizedTest
  @CsvSource({"6, 10", "7, 11"})
  void takesOffsetsInCodePointsAndInCharactersOfJava(int start, int end) throws IOException {
    List<GoldDocument> documents =
        read("1|t|\ud83d\udc8a for\n1|a|gout.\n1\t%d\t%d\tgout\tDisease\n".formatted(start, end));

    assertThat(documents.get(0).names(), contains(new Name("DISEASE", 7, 11)));
  }
}
