package org.irisgraph.extract;

import com.google.re2j.Pattern;

/**
 * A regular expression whose matches are mentions of one type.
 *
 * @param name what messages call it
 * @param type in capitals
 * @param regex in the syntax of RE2, which has neither look-around nor back references but takes
 *     linear time
 * @param confidence of each match, from 0 to 1
 * @param group the group that is the mention; 0 is the whole match
 */
record NamedPattern(String name, String type, Pattern regex, double confidence, int group) {

  /** Of a pattern that states none: a pattern is less sure than a dictionary. */
  static final double DEFAULT_CONFIDENCE = 0.9;
}
