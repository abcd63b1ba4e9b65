package org.irisgraph.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page of the command report in Chromium, which has to be installed. */
class ReportPageIT extends CommandFixture {

  private static final String HOSTILE = "</script><img src=x onerror=alert(1)>";

  private Path page;

  @BeforeEach
  void writeReport() throws Exception {
    assumeTrue(chromium().length() > 0, "Chromium is not installed");
    page = directory.resolve("report.html");
    write("a.txt", "Asthma and gout. Gout hurts.");
    write("b.txt", HOSTILE + "\n\nGout and aspirin and " + HOSTILE + ".");
    Files.write(directory.resolve("c.txt"), new byte[] {(byte) 0xFF, (byte) 0xFE, 'a'});
    write(
        "terms.tsv",
        "asthma\tDISEASE\ngout\tDISEASE\tC#%1\naspirin\tDRUG\n" + HOSTILE + "\tDRUG\n");
    assertThat(execute("index", settings, "--report=" + page), is(3));
  }

  private record Browsed(String dom, String console) {}

  private static String chromium() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(path -> Stream.of(Path.of(path, "chromium"), Path.of(path, "google-chrome")))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElse("");
  }

  /** Opens the page and returns what its scripts have made of it, and what they complained of. */
  private Browsed browse(String fragment, String... flags) throws Exception {
    Path dom = directory.resolve("dom.html");
    Path console = directory.resolve("console.log");
    List<String> command =
        Stream.of(
                Stream.of(
                    chromium(),
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--user-data-dir=" + directory.resolve("profile"),
                    "--enable-logging=stderr",
                    "--virtual-time-budget=5000",
                    "--dump-dom"),
                Stream.of(flags),
                Stream.of(page.toUri() + fragment))
            .flatMap(part -> part)
            .toList();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(dom.toFile())
            .redirectError(console.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS), is(true));
    return new Browsed(
        Files.readString(dom, UTF_8),
        String.join(
            "\n",
            Files.readAllLines(console, UTF_8).stream()
                .filter(line -> line.contains(":CONSOLE"))
                .toList()));
  }

  @Test
  void drawsChartsAndGraphWithoutAComplaint() throws Exception {
    Browsed browsed = browse("");

    assertThat(browsed.console(), is(""));
    assertThat(browsed.dom(), containsString("class=\"uplot"));
    assertThat(browsed.dom(), containsString("data-id=\"layer2-node\""));
    assertThat(browsed.dom(), containsString("<h3>gout</h3>"));
    assertThat(browsed.dom(), containsString("<mark>Asthma</mark> and <mark>gout</mark>."));
    assertThat(
        browsed.dom(),
        containsString("<td class=\"\">set --encoding, as in --encoding=windows-1252</td>"));
  }

  @Test
  void showsTheNodeThatTheAddressNamesAndHostileNamesAsText() throws Exception {
    Browsed browsed = browse("#node=DRUG%3Aaspirin", "--window-size=400,800");

    assertThat(browsed.console(), is(""));
    assertThat(browsed.dom(), containsString("<h3>aspirin</h3>"));
    assertThat(
        browsed.dom(),
        containsString("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;</button>"));
    assertThat(browsed.dom(), not(containsString("<img")));
  }

  @Test
  void anAddressWithAnUnknownNodeShowsTheFirst() throws Exception {
    Browsed browsed = browse("#node=%E0%A4%A");

    assertThat(browsed.console(), is(""));
    assertThat(browsed.dom(), containsString("<h3>gout</h3>"));
  }
}
