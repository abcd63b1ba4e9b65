package org.irisgraph.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.irisgraph.graphrag.TestGraphs.brokenLine;
import static org.irisgraph.graphrag.TestGraphs.document;
import static org.irisgraph.graphrag.TestGraphs.line;
import static org.irisgraph.graphrag.TestGraphs.unreadable;

import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Failure;
import org.irisgraph.graph.Origin;
import org.irisgraph.graphrag.TestGraphs;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.Database;
import org.irisgraph.ledger.DeadLetterCheck.State;
import org.irisgraph.ledger.DeadLetterCheck.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadLetterCheckTest {

  private static final String FILE = "/f.jsonl";

  private TestTarget target;

  @BeforeEach
  void createTables() throws Exception {
    target = TestTarget.h2();
    TestGraphs.createTables(target);
  }

  @AfterEach
  void closeTarget() throws Exception {
    target.close();
  }

  private void write(String pipeline, String runId, DocumentGraph... graphs) throws Exception {
    TestGraphs.write(target, TestGraphs.run(pipeline, runId), 1000, List.of(graphs));
  }

  private static DeadLetter letter(String documentId, String source, long position, String code) {
    return new DeadLetter(documentId, source, position, "read", null, null, code, "why", null);
  }

  private static DeadLetter letter(String documentId, String source, long position) {
    return letter(documentId, source, position, "BAD_JSON");
  }

  /** As the run r2 of the pipeline p finds them. */
  private List<Verdict> check(DeadLetter... letters) throws Exception {
    try (Connection connection = Database.connect(target.settings())) {
      return DeadLetterCheck.of(connection, TestGraphs.run("p", "r2"))
          .check(connection, Arrays.asList(letters));
    }
  }

  private static Verdict open(String reason, boolean seen) {
    return new Verdict(State.OPEN, reason, seen);
  }

  private static final Verdict INDEXED = new Verdict(State.INDEXED, "", false);
  private static final Verdict FROM_ELSEWHERE =
      new Verdict(State.INDEXED_FROM_ELSEWHERE, "", false);
  private static final Verdict UNKNOWN = new Verdict(State.UNKNOWN, "", false);

  @Test
  void answersInTheOrderOfTheLetters() throws Exception {
    write("p", "r1", document("good", "/good.txt", "gout"), unreadable("/bad.txt"));

    assertThat(
        check(letter(null, "/bad.txt", 0), letter("good", "/old.txt", 0), letter("no", "/no", 0)),
        contains(open("NOT_UTF8 not UTF-8", false), FROM_ELSEWHERE, UNKNOWN));
  }

  @Test
  void findsADocumentByItsPlaceIfItsIdWasNotKnown() throws Exception {
    write("p", "r1", line("a", FILE, 3, "gout"));

    assertThat(check(letter(null, FILE, 3), letter(null, FILE, 4)), contains(INDEXED, UNKNOWN));
  }

  @Test
  void findsADocumentWhoseIdDiffersInCaseAlone() throws Exception {
    write("p", "r1", document("Doc-1", "/a.txt", "gout"));

    assertThat(check(letter("dOC-1 ", "/elsewhere.txt", 0)), contains(FROM_ELSEWHERE));
  }

  @Test
  void tellsWhetherThisRunHasSeenTheFailure() throws Exception {
    write("p", "r1", brokenLine(FILE, 1), brokenLine(FILE, 2));
    write("p", "r2", brokenLine(FILE, 2));

    assertThat(
        check(letter(null, FILE, 1), letter(null, FILE, 2)),
        contains(open("BAD_JSON no JSON object", false), open("BAD_JSON no JSON object", true)));
  }

  @Test
  void keepsADocumentOpenThatIsStale() throws Exception {
    write("p", "r1", line("a", FILE, 1, "gout"));
    write("p", "r2", brokenLine(FILE, 1));

    assertThat(check(letter("a", FILE, 1)), contains(open("BAD_JSON no JSON object", true)));
  }

  @Test
  void keepsADocumentOpenThatIsThereInPart() throws Exception {
    target.execute(
        "ALTER TABLE RAG.Entities ADD CONSTRAINT no_bad CHECK (entity_name NOT LIKE 'bad%')");
    write("p", "r1", document("a", "/a.txt", "gout", "lupus", "asthma", "bad 1", "bad 2"));

    List<Verdict> verdicts = check(letter("a", "/a.txt", 0));

    assertThat(verdicts.get(0).state(), is(State.OPEN));
    assertThat(
        "the reasons of two entities and two relationships",
        verdicts.get(0).reason(),
        endsWith(" (and 3 more)"));
  }

  @Test
  void looksForADocumentByItsIdIfAnotherFailsAtItsPlaceNow() throws Exception {
    write("p", "r1", line("a", "/moved.jsonl", 1, "gout"));
    write(
        "p",
        "r1",
        DocumentGraph.failed(
            "b", new Origin(FILE, 1, 0), new Failure(Failure.Stage.READ, "BLANK_TEXT", "blank")));

    assertThat(
        check(letter("a", FILE, 1), letter("b", FILE, 1), letter(null, FILE, 1)),
        contains(FROM_ELSEWHERE, open("BLANK_TEXT blank", false), open("BLANK_TEXT blank", false)));
  }

  @Test
  void namesThePipelineThatAPlaceOrADocumentBelongsTo() throws Exception {
    write("q", "r1", line("a", FILE, 1, "gout"), brokenLine(FILE, 2));
    Verdict ofQ = new Verdict(State.OTHER_PIPELINE, "of the pipeline q", false);

    assertThat(
        check(letter(null, FILE, 1), letter(null, FILE, 2), letter("a", "/elsewhere.txt", 0)),
        contains(ofQ, ofQ, ofQ));
  }

  @Test
  void leavesADocumentWithThisPipelineWhoseIdAnotherHas() throws Exception {
    write("q", "r1", line("a", FILE, 1, "gout"));

    assertThat(check(letter("a", "/elsewhere.txt", 0, Ledger.OTHER_PIPELINE)), contains(UNKNOWN));
  }
}
