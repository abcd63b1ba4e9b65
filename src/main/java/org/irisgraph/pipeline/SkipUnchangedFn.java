package org.irisgraph.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.irisgraph.graph.Document;
import org.irisgraph.graphrag.UnchangedDocuments;
import org.irisgraph.iris.CommitGuard;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.WorkerDatabase;
import org.irisgraph.source.DocumentCounters;
import org.irisgraph.source.HashedDocument;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Lets through what the ledger does not know as unchanged. It looks documents up in groups: one
 * look for each would cost a round trip a document.
 */
public final class SkipUnchangedFn extends DoFn<HashedDocument, HashedDocument> {

  private static final int GROUP_DOCUMENTS = 500;

  /** Of texts, metadata, ids and sources: what waits, and what one look sends. */
  private static final long GROUP_CHARACTERS = 4_000_000;

  private final WorkerDatabase database;
  private final UnchangedDocuments unchanged;
  private final CommitGuard guard;
  private final Counter skipped = DocumentCounters.of("unchanged");

  private transient List<Waiting> group;
  private transient long groupCharacters;

  public SkipUnchangedFn(
      ConnectionSettings connection,
      UnchangedDocuments unchanged,
      CommitGuard guard,
      Duration retryFor) {
    this.database = new WorkerDatabase(connection, retryFor);
    this.unchanged = unchanged;
    this.guard = guard;
  }

  private record Waiting(HashedDocument document, Instant timestamp, BoundedWindow window) {}

  @Setup
  public void setup() {
    guard.open();
    database.open();
  }

  @StartBundle
  public void startBundle() {
    clear();
  }

  @ProcessElement
  public void processElement(
      @Element HashedDocument document,
      @Timestamp Instant timestamp,
      BoundedWindow window,
      OutputReceiver<HashedDocument> output)
      throws StoreException, InterruptedException {
    group.add(new Waiting(document, timestamp, window));
    groupCharacters += document.characters();
    if (group.size() >= GROUP_DOCUMENTS || groupCharacters >= GROUP_CHARACTERS) {
      for (Waiting changed : changed()) {
        output.outputWithTimestamp(changed.document(), later(timestamp, changed.timestamp()));
      }
      clear();
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context)
      throws StoreException, InterruptedException {
    for (Waiting changed : changed()) {
      context.output(changed.document(), changed.timestamp(), changed.window());
    }
    clear();
  }

  @Teardown
  public void teardown() {
    database.close();
    guard.close();
  }

  private void clear() {
    group = new ArrayList<>();
    groupCharacters = 0;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private List<Waiting> changed() throws StoreException, InterruptedException {
    if (group.isEmpty()) {
      return List.of();
    }
    List<UnchangedDocuments.Candidate> candidates = new ArrayList<>();
    for (Waiting waiting : group) {
      Document document = waiting.document().document();
      candidates.add(
          new UnchangedDocuments.Candidate(
              document.id(), document.origin(), waiting.document().contentHash()));
    }
    Set<Integer> marked = mark(candidates);
    skipped.inc(marked.size());
    List<Waiting> changed = new ArrayList<>();
    for (int i = 0; i < group.size(); i++) {
      if (!marked.contains(i)) {
        changed.add(group.get(i));
      }
    }
    return changed;
  }

  private Set<Integer> mark(List<UnchangedDocuments.Candidate> candidates)
      throws StoreException, InterruptedException {
    return database.query(
        c -> {
          Set<Integer> marked = unchanged.mark(c, candidates);
          guard.verify(c);
          return marked;
        });
  }
}
