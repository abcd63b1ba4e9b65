package org.irisgraph.run;

import java.util.List;

/**
 * What the names and sizes of a run's files say before they are read.
 *
 * @param bytes the bytes of text to read, about; 0 if unknown
 * @param warnings what the user should know
 */
public record InputSurvey(long bytes, List<String> warnings) {

  /** Of a run whose input is not known before it begins. */
  public static final InputSurvey UNKNOWN = new InputSurvey(0, List.of());

  public InputSurvey {
    warnings = List.copyOf(warnings);
  }
}
