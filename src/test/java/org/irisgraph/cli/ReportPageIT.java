package org.irisgraph.cli;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page of the command report in Chromium, which has to be installed. */
@Tag("slow")
class ReportPageIT extends CommandFixture {

  private static final String HOSTILE = "</script><img src=x onerror=alert(1)>";

  private Path page;

  @BeforeEach
  void writeReport() throws Exception {
    assumeTrue(Chromium.installed().isPresent(), "Chromium is not installed");
    page = directory.resolve("report.html");
    write("a.txt", "Asthma and gout. Gout hurts.");
    write("b.txt", HOSTILE + "\n\nGout and aspirin and " + HOSTILE + ".");
    Files.write(directory.resolve("c.txt"), new byte[] {(byte) 0xFF, (byte) 0xFE, 'a'});
    write(
        "terms.tsv",
        "asthma\tDISEASE\ngout\tDISEASE\tC#%1\naspirin\tDRUG\n" + HOSTILE + "\tDRUG\n");
    assertThat(execute("index", settings, "--report=" + page), is(3));
  }

  private Chromium open(String fragment, int width, String scheme) throws Exception {
    return Chromium.open(directory, page.toUri() + fragment, width, scheme);
  }

  private void assertQuiet(Chromium browser) {
    assertThat(browser.complaints(), is(empty()));
    assertThat(
        browser.requests().stream().filter(url -> !url.startsWith("data:")).toList(),
        is(List.of(page.toUri().toString())));
  }

  @Test
  void drawsChartsAndAGraphWhoseNodesCanBeClicked() throws Exception {
    try (Chromium browser = open("", 1200, "light")) {
      String dom = browser.dom();
      assertThat(browser.evaluate("document.querySelectorAll('.uplot').length").intValue(), is(3));
      assertThat(
          browser
              .evaluate("[...document.querySelectorAll('#times span[title]')].map(s => s.title)")
              .toString(),
          is("[\"reading\",\"extraction\",\"waiting for the database\",\"storing\"]"));
      assertThat(dom, containsString("data-id=\"layer2-node\""));
      assertThat(dom, containsString("<h3>gout</h3>"));
      assertThat(dom, containsString("<mark>Asthma</mark> and <mark>gout</mark>."));
      assertThat(
          dom, containsString("<td class=\"\">set --encoding, as in --encoding=windows-1252</td>"));

      browser.evaluate("document.getElementById('graph').scrollIntoView({ block: 'center' })");
      JsonNode place =
          browser.evaluate(
              "(() => { const box = document.getElementById('graph').getBoundingClientRect();"
                  + " const at = document.getElementById('graph')._cyreg.cy"
                  + ".getElementById('DRUG:aspirin').renderedPosition();"
                  + " return { x: box.x + at.x, y: box.y + at.y }; })()");
      browser.click(place.path("x").doubleValue(), place.path("y").doubleValue());
      awaitDetails(browser, "aspirin");

      // The same by the keyboard: the first neighbour of aspirin.
      browser.evaluate("document.querySelector('#details button').focus()");
      String neighbour = browser.evaluate("document.activeElement.textContent").textValue();
      browser.press("Enter", 13);
      awaitDetails(browser, neighbour);
      assertQuiet(browser);
    }
  }

  private static void awaitDetails(Chromium browser, String name) {
    await("the details of " + name)
        .until(
            () -> browser.evaluate("document.querySelector('#details h3').textContent").asText(),
            is(name));
  }

  @Test
  void showsTheNodeThatTheAddressNamesAndHostileNamesAsTextOnAPhone() throws Exception {
    String fragment = "#node=DRUG%3Aaspirin";
    try (Chromium browser = open(fragment, 390, "dark")) {
      assertThat(browser.dom(), containsString("<h3>aspirin</h3>"));
      assertThat(
          browser.dom(),
          containsString("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;</button>"));
      assertThat(browser.dom(), not(containsString("<img")));
      assertThat(
          "nothing is wider than the window",
          browser
              .evaluate(
                  "document.documentElement.scrollWidth <= document.documentElement.clientWidth")
              .booleanValue(),
          is(true));
      assertThat(
          "the tables can be read without scrolling sideways",
          browser
              .evaluate(
                  "['#rejected', '#hubs'].every(table => document.querySelector(table + ' td')"
                      + " && [...document.querySelectorAll(table + ' td')]"
                      + ".every(cell => cell.getBoundingClientRect().right <= innerWidth))")
              .booleanValue(),
          is(true));
      assertThat(
          browser.evaluate("getComputedStyle(document.body).backgroundColor").textValue(),
          is("rgb(20, 23, 26)"));
      assertQuiet(browser);
    }
  }

  @Test
  void showsTheWholeGraphAfterAPhoneIsTurned() throws Exception {
    try (Chromium browser = open("", 844, "light")) {
      browser.resize(390);

      await("the whole graph")
          .until(
              () ->
                  browser
                      .evaluate(
                          "(() => { const cy = document.getElementById('graph')._cyreg.cy;"
                              + " const box = cy.elements().renderedBoundingBox();"
                              + " return cy.width() < 390 && box.x1 >= 0 && box.x2 <= cy.width();"
                              + " })()")
                      .booleanValue());
    }
  }

  @Test
  void anAddressWithAnUnknownNodeShowsTheFirst() throws Exception {
    try (Chromium browser = open("#node=%E0%A4%A", 1200, "light")) {
      assertThat(browser.complaints(), is(empty()));
      assertThat(browser.dom(), containsString("<h3>gout</h3>"));
    }
  }
}
