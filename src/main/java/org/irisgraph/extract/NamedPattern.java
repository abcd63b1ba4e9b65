package org.irisgraph.extract;

import com.google.re2j.Pattern;

/**
 * A regular expression whose matches are mentions of one type.
 *
 * @param name name for messages
 * @param type in capitals
 * @param regex in RE2 syntax, which has no look-around or back references but takes linear time
 * @param confidence of each match, from 0 to 1
 * @param group number of the group that is the mention; 0 is the whole match
 */
record NamedPattern(String name, String type, Pattern regex, double confidence, int group) {

  /** Confidence of a pattern without one; less than that of a dictionary. */
  static final double DEFAULT_CONFIDENCE = 0.9;
}
