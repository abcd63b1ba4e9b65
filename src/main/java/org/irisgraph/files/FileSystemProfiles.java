package org.irisgraph.files;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file systems that a build has only if it is asked for them, with a Maven profile for each:
 * their libraries are larger than everything else.
 */
public final class FileSystemProfiles {

  private static final Map<String, String> PROFILES =
      Map.of("s3", "s3", "gs", "gcs", "hdfs", "hdfs");

  /** How Beam says that nothing on the class path reads a place. */
  private static final Pattern MISSING = Pattern.compile("No filesystem found for scheme (.+)");

  private FileSystemProfiles() {}

  /** What to do about a place that could not be looked up, if its file system is missing. */
  public static Optional<String> advice(Exception failure) {
    Matcher missing = MISSING.matcher(String.valueOf(failure.getMessage()));
    if (!missing.matches()) {
      return Optional.empty();
    }
    String scheme = missing.group(1);
    String profile = PROFILES.get(scheme);
    return Optional.of(
        profile == null
            ? "no build reads %s://; there are files of this machine, s3://, gs:// and hdfs://"
                .formatted(scheme)
            : "this build does not read %s://; make one that does: mvn -q package -DskipTests -P%s"
                .formatted(scheme, profile));
  }
}
