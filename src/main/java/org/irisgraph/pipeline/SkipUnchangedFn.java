package org.irisgraph.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.TupleTag;
import org.irisgraph.graph.Document;
import org.irisgraph.iris.spec.CommitGuard;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.WorkerDatabase;
import org.irisgraph.ledger.UnchangedDocuments;
import org.irisgraph.source.DocumentCounters;
import org.irisgraph.source.HashedDocument;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Gives documents the ids that the ledger has for them, and drops those that are unchanged. It
 * looks them up in groups, which saves a round trip for each document.
 */
public final class SkipUnchangedFn extends DoFn<HashedDocument, HashedDocument> {

  /** Documents of which nothing has changed but the model that computes their vectors. */
  public static final TupleTag<HashedDocument> OUTDATED = new TupleTag<>() {};

  private static final int GROUP_DOCUMENTS = 500;

  /** The most characters of texts, metadata, ids and sources in a group. */
  private static final long GROUP_CHARACTERS = 4_000_000;

  private final WorkerDatabase database;
  private final UnchangedDocuments unchanged;
  private final CommitGuard guard;
  private final int groupDocuments;
  private final Counter skipped = DocumentCounters.of("unchanged");

  @SuppressWarnings("NullAway.Init") // Set by startBundle().
  private transient List<Buffered> group;

  private transient long groupCharacters;

  /**
   * Why the bundle failed. Flink may have many requests in store to end the bundle of a task that
   * has failed, each of which would wait for the database again.
   */
  private transient StoreException.@Nullable Outage failure;

  /**
   * Looks documents up in one database.
   *
   * @param batchRows the most documents that one transaction marks as seen
   */
  public SkipUnchangedFn(
      ConnectionSettings connection,
      UnchangedDocuments unchanged,
      CommitGuard guard,
      int batchRows,
      Duration retryFor) {
    this.database = new WorkerDatabase(connection, retryFor);
    this.unchanged = unchanged;
    this.guard = guard;
    this.groupDocuments = Math.min(GROUP_DOCUMENTS, batchRows);
  }

  private record Buffered(HashedDocument document, Instant timestamp, BoundedWindow window) {

    Buffered withId(String id) {
      return new Buffered(document.withId(id), timestamp, window);
    }
  }

  @Setup
  public void setup() {
    guard.open();
    database.open();
  }

  @StartBundle
  public void startBundle() {
    failure = null;
    clear();
  }

  @ProcessElement
  public void processElement(
      @Element HashedDocument document,
      @Timestamp Instant timestamp,
      BoundedWindow window,
      OutputReceiver<HashedDocument> output,
      MultiOutputReceiver outputs)
      throws StoreException, InterruptedException {
    group.add(new Buffered(document, timestamp, window));
    groupCharacters += document.characters();
    if (group.size() >= groupDocuments || groupCharacters >= GROUP_CHARACTERS) {
      Sorted sorted = sort();
      for (Buffered changed : sorted.changed()) {
        output.outputWithTimestamp(changed.document(), later(timestamp, changed.timestamp()));
      }
      for (Buffered outdated : sorted.outdated()) {
        outputs
            .get(OUTDATED)
            .outputWithTimestamp(outdated.document(), later(timestamp, outdated.timestamp()));
      }
      clear();
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context)
      throws StoreException, InterruptedException {
    Sorted sorted = sort();
    for (Buffered changed : sorted.changed()) {
      context.output(changed.document(), changed.timestamp(), changed.window());
    }
    for (Buffered outdated : sorted.outdated()) {
      context.output(OUTDATED, outdated.document(), outdated.timestamp(), outdated.window());
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

  /** Those of a group that are not left as they are. */
  private record Sorted(List<Buffered> changed, List<Buffered> outdated) {}

  private Sorted sort() throws StoreException, InterruptedException {
    List<Buffered> changed = new ArrayList<>();
    List<Buffered> outdated = new ArrayList<>();
    if (group.isEmpty()) {
      return new Sorted(changed, outdated);
    }
    List<UnchangedDocuments.Candidate> candidates = new ArrayList<>();
    for (Buffered buffered : group) {
      Document document = buffered.document().document();
      candidates.add(
          new UnchangedDocuments.Candidate(
              document.id(), document.origin(), buffered.document().contentHash()));
    }
    if (failure != null) {
      throw failure;
    }
    Found found;
    try {
      found = find(candidates);
    } catch (StoreException.Outage e) {
      failure = e;
      throw e;
    }
    UnchangedDocuments.Unchanged same = found.unchanged();
    skipped.inc(same.indexes().size());
    for (int i = 0; i < group.size(); i++) {
      if (!same.indexes().contains(i) || same.outdated().contains(i)) {
        (same.outdated().contains(i) ? outdated : changed)
            .add(group.get(i).withId(found.named().get(i).documentId()));
      }
    }
    return new Sorted(changed, outdated);
  }

  /**
   * Candidates under the ids that their documents have.
   *
   * @param unchanged those that were marked as seen
   */
  private record Found(
      List<UnchangedDocuments.Candidate> named, UnchangedDocuments.Unchanged unchanged) {}

  private Found find(List<UnchangedDocuments.Candidate> candidates)
      throws StoreException, InterruptedException {
    try {
      return find(unchanged, candidates);
    } catch (StoreException.Refused e) {
      // The ledger cannot hold the new place of a document that has moved: the writer rejects it.
      return find(unchanged.atSamePlace(), candidates);
    }
  }

  private Found find(UnchangedDocuments search, List<UnchangedDocuments.Candidate> candidates)
      throws StoreException, InterruptedException {
    return database.query(
        c -> {
          List<UnchangedDocuments.Candidate> named = search.named(c, candidates);
          Found found = new Found(named, search.mark(c, named));
          guard.verify(c);
          return found;
        });
  }
}
