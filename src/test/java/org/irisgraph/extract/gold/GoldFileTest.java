package org.irisgraph.extract.gold;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.irisgraph.extract.gold.GoldDocument.Name;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoldFileTest {

  @TempDir private Path directory;

  @Test
  void readsTheColumnsOfConllWithTheTagInTheLast() throws IOException {
    List<GoldDocument> documents =
        read(
            """
            -DOCSTART- -X- O O

            LOAN NN - O
            AGREEMENT NN - O

            SILICON NNP - I-ORG
            VALLEY NNP - I-ORG
            ( ( - O
            " NNP - O
            Bank NNP - B-ORG
            " NNP - O
            ) ) - O
            and CC - O
            Ann NNP - B-PER
            Lee NNP - I-PER
            's POS - O
            . . - O

            -DOCSTART- -X- O O

            Paris NNP - I-LOC
            """);

    assertThat(documents, hasSize(2));
    GoldDocument first = documents.get(0);
    assertThat(first.text(), is("LOAN AGREEMENT\nSILICON VALLEY (\"Bank\") and Ann Lee's."));
    assertThat(
        names(first),
        contains("ORGANIZATION SILICON VALLEY", "ORGANIZATION Bank", "PERSON Ann Lee"));
    assertThat(names(documents.get(1)), contains("LOCATION Paris"));
  }

  @Test
  void takesANumberForATokenWhereTheLastColumnHasTheTag() throws IOException {
    List<GoldDocument> documents =
        read(
            """
            1 CD I-NP O
            July NNP I-NP B-DATE
            1996 CD I-NP I-DATE
            """);

    assertThat(documents.get(0).text(), is("1 July 1996"));
    assertThat(names(documents.get(0)), contains("DATE July 1996"));
  }

  @Test
  void takesTheTextOfASentenceFromTheCommentOfUniversalNer() throws IOException {
    List<GoldDocument> documents =
        read(
            """
            # newdoc id = one
            # sent_id = 1
            # text = I don't like L.A.-style #1.
            1\tI\tO\t-\t-
            2\tdo\tO\t-\t-
            3\tn't\tO\t-\t-
            4\tlike\tO\t-\t-
            5\tL.A.\tB-LOC\t-\t-
            6\t-\tO\t-\t-
            7\tstyle\tO\t-\t-
            8\t#1\tO\t-\t-
            9\t.\tO\t-\t-

            # newdoc id = two
            # text = Oslo
            1\tOslo\tB-LOC\t-\t-
            """);

    assertThat(documents.get(0).text(), is("I don't like L.A.-style #1."));
    assertThat(names(documents.get(0)), contains("LOCATION L.A."));
    assertThat(documents.get(1).text(), is("Oslo"));
  }

  @Test
  void readsTheEntitiesOfDocRedWithTheirMentions() throws IOException {
    List<GoldDocument> documents =
        read(
            """
            [{"title": "t", "sents": [["Al", "Gore", "(", "1948", ")", "won", "."], ["Gore", "co",
            "-", "wrote", "\\"", "It", "\\"", ",", "75 %", "."]],
            "vertexSet": [[{"type": "PER", "pos": [0, 2], "name": "Al Gore", "sent_id": 0},
            {"type": "PER", "pos": [0, 1], "name": "Gore", "sent_id": 1}],
            [{"type": "TIME", "pos": [3, 4], "name": "1948", "sent_id": 0}]]}]
            """);

    GoldDocument document = documents.get(0);
    assertThat(document.text(), is("Al Gore (1948) won. Gore co-wrote \"It\", 75 %."));
    assertThat(names(document), contains("PERSON Al Gore", "PERSON Gore", "DATE 1948"));
    assertThat(
        document.concepts().get(document.names().get(0)),
        is(document.concepts().get(document.names().get(1))));
    assertThat(document.withTypes(Set.of("DATE")).names(), contains(new Name("DATE", 9, 13)));
  }

  @Test
  void readsPubTatorAfterAByteOrderMark() throws IOException {
    List<GoldDocument> documents = read("\ufeff1|t|Gout.\n1|a|\n1\t0\t4\tGout\tDisease\n");

    assertThat(names(documents.get(0)), contains("DISEASE Gout"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Ann B-PER\\nLee               | line 2: expected a token and its tag, such as O or B-PER
          [{"sents": [["a"]], "vertexSet": [[{"name": "b", "pos": [0, 2], "sent_id": 0}]]}] | "b" is not at tokens that the document has
          [{]                            | is not JSON
          nothing                        | expected ID
          """)
  void namesThePlaceOfAnError(String content, String message) throws IOException {
    assertThat(
        assertThrows(GoldFormatException.class, () -> read(content.replace("\\n", "\n")))
            .getMessage(),
        containsString(message));
  }

  @Test
  void cutsAFileThatDoesNotSayWhereDocumentsStart() throws IOException {
    List<GoldDocument> documents = read("Ann B-PER\n\n".repeat(45));

    assertThat(documents, hasSize(3));
    assertThat(documents.get(2).id(), endsWith("gold#3"));
    assertThat(documents.get(2).names(), hasSize(5));
  }

  private List<GoldDocument> read(String content) throws IOException {
    return GoldFile.read(Files.writeString(directory.resolve("gold"), content));
  }

  private static List<String> names(GoldDocument document) {
    return document.names().stream()
        .map(name -> name.type() + " " + document.textOf(name))
        .toList();
  }
}
