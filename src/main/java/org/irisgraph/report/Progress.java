package org.irisgraph.report;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A run's progress: what is stored, from the ledger; what is read and extracted, from workers in
 * this JVM.
 *
 * @param phase what the run does
 * @param read documents that were read; without workers in this JVM, those that are settled
 * @param extracted documents whose entities were extracted; without workers here, those stored
 * @param indexed documents stored, the partial ones among them
 * @param unchanged documents that were stored before
 * @param rejected documents that are not stored
 * @param total the documents of the input, about; 0 if unknown
 * @param waitsFor the work of the database that the run waits for, if it takes long
 */
public record Progress(
    Phase phase,
    long read,
    long extracted,
    long indexed,
    long unchanged,
    long rejected,
    long total,
    @Nullable String waitsFor) {

  /** What a run does, in order. */
  public enum Phase {
    STARTING("starting"),
    INDEXING("indexing"),
    DELETING("deleting missing documents"),
    LINKING("linking entities"),
    ENDING("ending"),
    DETACHED("a job on the cluster");

    private final String text;

    Phase(String text) {
      this.text = text;
    }

    /** As it is shown. */
    public String text() {
      return text;
    }
  }

  private static final double NEARLY_ALL = 0.99;

  public static final Progress NONE = stored(0, 0, 0);

  /** The part of it that the ledger has. */
  public static Progress stored(long indexed, long unchanged, long rejected) {
    long settled = indexed + unchanged + rejected;
    return new Progress(Phase.STARTING, settled, indexed, indexed, unchanged, rejected, 0, null);
  }

  /** The same documents in another phase of the run. */
  public Progress in(Phase current) {
    return new Progress(current, read, extracted, indexed, unchanged, rejected, total, waitsFor);
  }

  /** The same documents, and those that the workers in this JVM have read and extracted. */
  public Progress with(long readHere, long extractedHere, long totalAbout) {
    return new Progress(
        phase,
        Math.max(read, readHere),
        Math.max(extracted, extractedHere),
        indexed,
        unchanged,
        rejected,
        totalAbout,
        waitsFor);
  }

  /** The same documents, while the run waits for the database. */
  public Progress waitingFor(@Nullable String work) {
    return new Progress(phase, read, extracted, indexed, unchanged, rejected, total, work);
  }

  /** Documents whose outcome the ledger has. */
  public long settled() {
    return indexed + unchanged + rejected;
  }

  /** The share of an estimated total, below 1. */
  public static double share(long settled, long total) {
    return Math.min(NEARLY_ALL, settled / (double) total);
  }

  /** The share of the input that is settled, below 1 since the total is an estimate. */
  public OptionalDouble share() {
    return total > 0 ? OptionalDouble.of(share(settled(), total)) : OptionalDouble.empty();
  }

  /** The seconds until all documents are settled, at a rate of documents per second. */
  public OptionalLong secondsLeft(double perSecond) {
    return total > settled() && perSecond > 0
        ? OptionalLong.of((long) Math.ceil((total - settled()) / perSecond))
        : OptionalLong.empty();
  }
}
