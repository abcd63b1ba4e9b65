package org.irisgraph.graph;

import java.io.Serializable;
import java.util.Objects;
import org.irisgraph.base.ErrorText;

/**
 * Why a document, or a row of it, is not in the graph.
 *
 * @param stage the stage that found it
 * @param code a short name for scripts, in capitals, as in {@code NOT_UTF8}, or the database's code
 * @param message a sentence for people, without secrets
 */
public record Failure(Stage stage, String code, String message) implements Serializable {

  /** The longest message that is kept; longer ones are cut. */
  public static final int MAX_MESSAGE = 1000;

  /** The stages of the pipeline, in order. */
  public enum Stage {
    READ,
    EXTRACT,
    VALIDATE,
    STORE
  }

  public Failure {
    Objects.requireNonNull(stage, "stage");
    Objects.requireNonNull(code, "code");
    message = ErrorText.cut(message, MAX_MESSAGE);
  }
}
