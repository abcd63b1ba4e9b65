package org.irisgraph.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.iterableWithSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReportCommandTest extends CommandFixture {

  private static final Pattern DATA =
      Pattern.compile("<script id=\"data\" type=\"application/json\">(.*?)</script>");

  private static final String HOSTILE = "</script><img src=x onerror=alert(1)>";

  private Path page;

  @BeforeEach
  void writeCorpus() throws Exception {
    page = directory.resolve("pages/report.html");
    write("a.txt", "Asthma and gout.");
    write("b.txt", HOSTILE + "\n\nGout and aspirin and " + HOSTILE + ".");
    Files.write(directory.resolve("c.txt"), new byte[] {(byte) 0xFF, (byte) 0xFE, 'a'});
    write("terms.tsv", "asthma\tDISEASE\ngout\tDISEASE\naspirin\tDRUG\n" + HOSTILE + "\tDRUG\n");
  }

  private JsonNode data() throws Exception {
    Matcher data = DATA.matcher(Files.readString(page));
    assertThat(data.find(), is(true));
    return new ObjectMapper().readTree(data.group(1));
  }

  @Test
  void writesAPageAboutWhatIsInTheDatabase() throws Exception {
    assertThat(execute("index", settings), is(3));

    assertThat(execute("report", settings, "--report=" + page), is(0));

    assertThat(last.out(), is("wrote " + page + "\n"));
    JsonNode data = data();
    assertThat(data.at("/status/documents/indexed").intValue(), is(2));
    assertThat(data.at("/status/rejected/0/code").textValue(), is("NOT_UTF8"));
    assertThat(
        data.at("/remedies/NOT_UTF8").textValue(),
        is("set --encoding, as in --encoding=windows-1252"));
    assertThat(data.at("/timeline/intervals/0/documents").isNumber(), is(true));
    assertThat(data.at("/graph/nodes"), is(iterableWithSize(4)));
    assertThat(data.at("/graph/nodes/0/node/name").textValue(), is("Gout"));
    assertThat(data.at("/graph/edges/0/proof/sentence").textValue().isEmpty(), is(false));
  }

  @Test
  void namesFromDocumentsAreDataAndNeverMarkup() throws Exception {
    assertThat(execute("index", settings, "--report=" + page), is(3));

    assertThat(Files.readString(page), not(containsString("<img")));
    assertThat(data().at("/graph").toString(), containsString(HOSTILE));
  }

  @Test
  void anIndexRunWritesItAtItsEndAndNamesIt() throws Exception {
    assertThat(execute("index", settings, "--report=" + page), is(3));

    assertThat(last.out(), containsString("report        " + page + "\n"));
    assertThat(data().at("/status/lastRun/totals/read").intValue(), is(3));
  }

  @Tag("slow")
  @Test
  void aRunKeepsItsOutcomeIfThePageCannotBeWritten() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")), "a device of Linux");

    assertThat(execute("index", settings, "--report=/dev/full"), is(3));

    assertThat(last.err(), containsString("the report was not written: "));
  }

  @Test
  void findsBeforeARunThatThePageCannotBeWritten() throws Exception {
    Files.createFile(directory.resolve("pages"));

    assertThat(execute("index", settings, "--report=" + page), is(2));

    assertThat(
        last.err(),
        is(
            "error: report \"%s\": \"%s\" is a file, not a directory: name another place\n"
                .formatted(page, page.getParent())));
    assertThat(Files.exists(directory.resolve("graph.mv.db")), is(false));
  }

  @Tag("slow")
  @Test
  void aPageNeedsAFileAndNotADirectory() throws Exception {
    assertThat(execute("index", settings), is(3));

    assertThat(execute("report", settings, "--report=" + directory), is(2));

    assertThat(
        last.err(),
        is("error: report \"%s\" is a directory, not a file: name a file\n".formatted(directory)));
  }

  @Tag("slow")
  @Test
  void withoutALinkedGraphThePageSaysHowToGetOne() throws Exception {
    assertThat(execute("index", settings, "--linkEntities=none"), is(3));

    assertThat(execute("report", settings, "--linkEntities=none", "--report=" + page), is(0));

    assertThat(data().has("graph"), is(false));
  }
}
