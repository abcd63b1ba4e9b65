package org.irisgraph.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SearchCommandTest extends CommandFixture {

  @BeforeEach
  void writeCorpus() throws Exception {
    write("a.txt", "Asthma and gout.");
    write("b.txt", "Gout and aspirin.");
    write("c.txt", "Ships cross the sea.");
    write("terms.tsv", "asthma\tDISEASE\ngout\tDISEASE\naspirin\tDRUG\n");
  }

  @Test
  void findsDocumentsByTheEntitiesOfAQuestion() throws Exception {
    assertThat(execute("index", settings), is(0));

    assertThat(execute("search", settings, "What", "helps against asthma?"), is(0));

    assertThat(
        last.out(),
        matchesPattern(
            """
            entities: Asthma \\(DISEASE\\), 1 document
            meaning: not searched, since embeddings=none

            1. \\[a.txt\\] Asthma and gout. \\(0.0[0-9]+\\)
               - it mentions Asthma
               - it mentions Gout, of which the graph has: Asthma co_occurs_with Gout
               \\*\\*Asthma\\*\\* and gout.

            2. \\[b.txt\\] Gout and aspirin. \\(0.0[0-9]+\\)
               - it mentions Gout, of which the graph has: Asthma co_occurs_with Gout
               \\*\\*Gout\\*\\* and aspirin.
            """));
  }

  @Test
  @Tag("slow")
  void findsTheNamesOfAQuestionWithWhicheverModelTheDocumentsWereIndexed() throws Exception {
    write("a.txt", "Carbamazepine treats epilepsy. Carbamazepine can cause hyponatremia and rash.");
    write("b.txt", "Asthma patients with hypertension were given metformin and salbutamol.");
    assertThat(execute("index", settings, "--extractors=ner"), is(0));

    assertThat(
        execute("search", settings, "--extractors=ner", "What does carbamazepine do?"), is(0));

    assertThat(last.out(), startsWith("entities: Carbamazepine (DRUG), 1 document"));
  }

  @Test
  void findsTheWordsOfAQuestionInWhichTheExtractorsFindNothing() throws Exception {
    assertThat(execute("index", settings), is(0));
    write("terms.tsv", "fever\tDISEASE\n");

    assertThat(execute("search", settings, "So what about \"gout\", then?"), is(0));

    assertThat(last.out(), startsWith("entities: Gout (DISEASE), 2 documents\n"));
  }

  @Tag("slow")
  @Test
  void findsByMeaningWhatNoEntityNames() throws Exception {
    assertThat(execute("index", settings, "--embeddings=minilm"), is(0));

    assertThat(
        execute(
            "search", settings, "--embeddings=minilm", "--json", "--limit=1", "boats on the ocean"),
        is(0));

    JsonNode answer = new ObjectMapper().readTree(last.out());
    assertThat(answer.at("/entities").isEmpty(), is(true));
    assertThat(answer.at("/documents").size(), is(1));
    assertThat(answer.at("/documents/0/document").textValue(), is("c.txt"));
    assertThat(
        answer.at("/documents/0/reasons/0").textValue(), startsWith("its meaning is near (0."));
  }

  @Tag("slow")
  @Test
  void saysWhatIsMissing() throws Exception {
    assertThat(execute("search", settings), is(2));
    assertThat(last.err(), containsString("search needs a question"));
    assertThat(execute("search", settings, "--limit=0", "gout"), is(2));

    assertThat(execute("index", settings), is(0));
    assertThat(execute("search", settings, "--embeddings=minilm", "ships"), is(1));
    assertThat(last.out(), containsString("no text has a vector yet, embed computes them"));
  }
}
