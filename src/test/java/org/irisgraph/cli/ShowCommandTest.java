package org.irisgraph.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ShowCommandTest extends CommandFixture {

  @BeforeEach
  void writeCorpus() throws Exception {
    write("a.txt", "On asthma\n\nAsthma \u001b[31mand\tgout.");
    write("b.txt", "Gout and lupus.");
    write("terms.tsv", "asthma\tDISEASE\ngout\tDISEASE\nlupus\tDISEASE\n");
  }

  @Test
  void showsANameAndWhatLinksTwo() throws Exception {
    assertThat(execute("index", settings), is(0));

    assertThat(execute("show", settings, "Lupus"), is(0));
    assertThat(
        last.out(),
        is(
            """
            lupus (DISEASE): 1 document, 1 mention
              Gout and **lupus**.
                [b.txt] Gout and lupus.

              -- co_occurs_with -- 1 neighbour
                Gout (DISEASE), 1 document
                  **Gout** and **lupus**.
                    [b.txt] Gout and lupus.

            """));

    assertThat(execute("show", settings, "lupus", "asthma"), is(0));
    assertThat(
        last.out(),
        is(
            """
            lupus
              -- co_occurs_with -- Gout (DISEASE), 1 document
                  **Gout** and **lupus**.
                    [b.txt] Gout and lupus.
              -- co_occurs_with -- asthma (DISEASE), 1 document
                  **Asthma** \uFFFD[31mand **gout**.
                    [a.txt] On asthma

            """));
  }

  @Tag("slow")
  @Test
  void leavesTheFileOfTheDatabaseAsItIs() throws Exception {
    assertThat(execute("index", settings), is(0));
    Path file = directory.resolve("graph.mv.db");
    byte[] before = Files.readAllBytes(file);

    assertThat(execute("show", settings, "lupus"), is(0));

    assertThat(Arrays.equals(Files.readAllBytes(file), before), is(true));
  }

  @Test
  void showsTheNodeIfBothNamesAreOfIt() throws Exception {
    assertThat(execute("index", settings), is(0));

    assertThat(execute("show", settings, "lupus", "Lupus"), is(0));
    assertThat(
        last.out(),
        startsWith("both names are of the same node:\nlupus (DISEASE): 1 document, 1 mention\n"));

    assertThat(execute("show", settings, "--json", "lupus", "Lupus"), is(0));
    assertThat(new ObjectMapper().readTree(last.out()).size(), is(0));
  }

  @Tag("slow")
  @Test
  void saysHowManyNeighboursItDoesNotShow() throws Exception {
    write("b.txt", "Gout and lupus, without asthma.");
    assertThat(execute("index", settings), is(0));

    assertThat(execute("show", settings, "--limit=1", "lupus"), is(0));
    assertThat(last.out(), containsString("-- co_occurs_with -- 2 neighbours\n"));
    assertThat(last.out(), containsString("\n    … 1 more (--limit=2)\n"));

    assertThat(execute("show", settings, "--limit=2", "lupus"), is(0));
    assertThat(last.out(), not(containsString("more")));
  }

  @Tag("slow")
  @Test
  void answersWhatTheEndOfARunSuggests() throws Exception {
    assertThat(execute("index", settings, "--schema", "Other"), is(0));
    assertThat(
        last.out(),
        containsString(
            """
            graph         asthma -- co_occurs_with -- Gout
            """));
    String[] lines = last.out().split("\\R", -1);
    String command = lines[lines.length - 2].strip();
    assertThat(command, startsWith("bin/iris-graph-indexer show " + settings + " --schema=Other "));
    String[] arguments = command.split(" ", -1);

    assertThat(execute("show", arguments[2], arguments[3], arguments[4]), is(0));
  }

  @Test
  void writesJson() throws Exception {
    assertThat(execute("index", settings), is(0));

    assertThat(execute("show", settings, "--json", "lupus"), is(0));
    JsonNode node = new ObjectMapper().readTree(last.out()).get(0);
    assertThat(node.at("/node/documents").intValue(), is(1));
    assertThat(node.at("/neighbours/0/first/0/node/key").textValue(), is("DISEASE:gout"));
    assertThat(node.at("/neighbours/0/first/0/proof/marks/1/start").intValue(), is(9));

    assertThat(execute("show", settings, "--json", "lupus", "asthma"), is(0));
    JsonNode path = new ObjectMapper().readTree(last.out()).get(0);
    assertThat(path.at("/steps/1/node/name").textValue(), is("asthma"));
  }

  @Test
  void namesWhatIsNearAWrongName() throws Exception {
    assertThat(execute("index", settings), is(0));

    assertThat(execute("show", settings, "astma"), is(1));
    assertThat(last.err(), is("error: nothing is named \"astma\"; near it are \"asthma\"\n"));
  }

  @Test
  void readsADatabaseOnlyIfThereIsOne() throws Exception {
    assertThat(execute("show", settings, "gout"), is(1));

    assertThat(
        last.err(),
        is(
            "error: there is no database %s/graph.mv.db: run index first, or correct jdbcUrl\n"
                .formatted(directory)));
    assertThat(Files.exists(directory.resolve("graph.mv.db")), is(false));
  }

  @Test
  void saysWhatIsWrong() throws Exception {
    assertThat(execute("index", settings), is(0));

    assertThat(execute("show", settings), is(2));
    assertThat(last.err(), containsString("show needs a name, after the settings files"));
    assertThat(execute("show", settings, "a", "b", "c"), is(2));
    assertThat(last.err(), containsString("quote a name that has spaces"));
    assertThat(execute("show", settings, "--limit=0", "gout"), is(2));
    assertThat(last.err(), containsString("--limit must be at least 1"));
    assertThat(execute("show", settings, "--schema=Other", "gout"), is(1));
    assertThat(last.err(), containsString("there is no table Other.SourceDocuments"));
    assertThat(execute("show", settings, "--jdbcUser=nobody", "gout"), is(1));
    assertThat(last.err(), containsString("Wrong user name or password"));
    assertThat(execute("show", directory.resolve("none.yaml"), "gout"), is(2));
    assertThat(last.err(), containsString("none.yaml"));
  }
}
